/** Shows each folder by the shortest end of its path that tells it apart from all others: `app`, `acme/app`. */
export function projectTitles(folders: readonly string[]): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  let open = [...new Set(folders)]
    .filter((folder) => folder !== '')
    .map((folder) => ({ folder, parts: partsOf(folder) }));
  for (let length = 1; open.length > 0; length++) {
    const ends = open.map(({ parts }) => parts.slice(-length).join('/'));
    const taken = new Map<string, number>();
    for (const end of ends) taken.set(end, (taken.get(end) ?? 0) + 1);
    open = open.filter(({ folder, parts }, index) => {
      const end = ends[index] ?? '';
      const unique = taken.get(end) === 1 && end !== '';
      if (!unique && length < parts.length) return true;
      titles.set(folder, unique ? end : folder);
      return false;
    });
  }
  return titles;
}

function partsOf(folder: string): readonly string[] {
  return folder.split(/[/\\]+/).filter((part) => part !== '');
}
