export interface PictureOptions {
  readonly canvas: HTMLCanvasElement;
  readonly title: string;
  readonly note: string;
  readonly legend: readonly { readonly color: string; readonly text: string }[];
  readonly colors: { readonly page: string; readonly strong: string; readonly muted: string };
}

const margin = 16;
const titleHeight = 32;
const rowHeight = 22;

/** A chart with its title and legend as a data URL of a PNG. */
export function chartPicture({ canvas, title, note, legend, colors }: PictureOptions): string {
  const width = canvas.clientWidth + 2 * margin;
  const scale = canvas.width / canvas.clientWidth;
  const made = document.createElement('canvas');
  const ink = made.getContext('2d');
  if (ink === null) return '';
  const family = getComputedStyle(document.body).fontFamily;
  ink.font = `12px ${family}`;
  const places = placesOf(legend, width, (text) => ink.measureText(text).width);
  const top = margin + titleHeight + ((places.at(-1)?.row ?? 0) + 1) * rowHeight + 8;
  made.width = width * scale;
  made.height = (top + canvas.clientHeight + margin) * scale;
  ink.scale(scale, scale);
  ink.fillStyle = colors.page;
  ink.fillRect(0, 0, width, made.height);
  ink.textBaseline = 'top';
  ink.fillStyle = colors.strong;
  ink.font = `600 14px ${family}`;
  ink.fillText(title, margin, margin);
  const after = margin + ink.measureText(title).width + 10;
  ink.font = `12px ${family}`;
  ink.fillStyle = colors.muted;
  ink.fillText(note, after, margin + 2);
  for (const { color, text, x, row } of places) {
    const y = margin + titleHeight + row * rowHeight;
    ink.fillStyle = color;
    ink.fillRect(x, y + 1, 10, 10);
    ink.fillStyle = colors.strong;
    ink.fillText(text, x + 16, y);
  }
  ink.drawImage(canvas, margin, top, canvas.clientWidth, canvas.clientHeight);
  return made.toDataURL('image/png');
}

function placesOf(legend: PictureOptions['legend'], width: number, widthOf: (text: string) => number) {
  let x = margin;
  let row = 0;
  return legend.map((entry) => {
    const wide = 16 + widthOf(entry.text) + 20;
    if (x + wide > width - margin && x > margin) {
      x = margin;
      row++;
    }
    const place = { ...entry, x, row };
    x += wide;
    return place;
  });
}
