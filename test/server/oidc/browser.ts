/** Where a browser has come to. */
export interface Place {
  readonly status: number;
  /** The address that it shows. */
  readonly url: string;
  readonly text: string;
  /** Where a page or a redirection leads that no browser follows by itself over http. */
  readonly leadsTo: string | undefined;
}

/** A browser as far as signing in needs one: it follows redirections, and keeps cookies by their site. */
export interface Browser {
  open(url: string): Promise<Place>;
  submit(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Place>;
  /** What is sent along to a site. */
  readonly cookies: Map<string, Map<string, string>>;
}

/** `sites` tells where a site really listens. With `stopAt` it does not follow redirections to that path. */
export function browser(sites: Readonly<Record<string, () => string>>, stopAt?: string): Browser {
  const cookies = new Map<string, Map<string, string>>();

  async function ask(url: string, init: RequestInit): Promise<Response> {
    const { origin, pathname, search } = new URL(url);
    const jar = cookies.get(origin) ?? new Map<string, string>();
    cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${sites[origin]?.() ?? origin}${pathname}${search}`, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie === '' ? {} : { cookie }) },
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = set.split(';');
      const [name = '', value = ''] = pair.split('=', 2);
      const gone = attributes.some((one) => /^\s*(?:max-age=0|expires=thu, 01 jan 1970)/i.test(one));
      if (gone) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  async function follow(first: string, init: RequestInit): Promise<Place> {
    let [url, request] = [first, init];
    for (let hops = 0; hops < 20; hops++) {
      const response = await ask(url, request);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        const text = await response.text();
        const leadsTo = /http-equiv="refresh" content="0;url=([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
        return { status: response.status, url, text, leadsTo };
      }
      const next = new URL(location, url).href;
      const halts = !/^https?:/.test(next) || new URL(next).pathname === stopAt;
      if (halts) return { status: response.status, url, text: '', leadsTo: next };
      [url, request] = [next, {}];
    }
    throw new Error(`${first} leads on without end.`);
  }

  return {
    open: (url) => follow(url, {}),
    submit: (url, fields, headers = {}) =>
      follow(url, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    cookies,
  };
}
