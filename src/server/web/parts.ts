import { type Html, html } from './html.ts';

/** A part of a page in a frame of its own, with its heading. */
export function card(name: string, title: string, note: string | Html | null, ...body: readonly (Html | null)[]): Html {
  return html`<section class="card card-${name}" aria-labelledby="${name}">
<div class="card-head"><h2 id="${name}">${title}</h2>${note === null ? null : html`<div class="note">${note}</div>`}</div>
${body}
</section>`;
}

/** A figure under its name, with words under it. */
export function figure(name: string, value: string | Html, words: string | Html): Html {
  return html`<div class="figure"><dt>${name}</dt><dd class="value">${value}</dd><dd class="muted">${words}</dd></div>`;
}

/** A bar of a share from 0 to 1 on its track. */
export function bar(share: number, own: boolean): Html {
  const width = (Math.min(1, Math.max(0, share)) * 100).toFixed(2);
  return html`<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%"></rect><rect class="${own ? 'fill own' : 'fill'}" width="${width}%" height="100%"></rect></svg>`;
}

/** Words that are asked for: closed at first, and open without any script. */
export function fold(title: string, ...body: readonly Html[]): Html {
  return html`<details class="fold"><summary>${title}</summary><div class="fold-body">${body}</div></details>`;
}

/** A sentence in place of figures. */
export function state(title: string, ...body: readonly Html[]): Html {
  return html`<section class="card state" aria-labelledby="state"><h2 id="state">${title}</h2>${body}</section>`;
}

/** A form of one button, which asks with the session's token. */
export function act(
  path: string,
  formToken: string,
  button: Html,
  fields: Readonly<Record<string, string>> = {},
): Html {
  return html`<form method="post" action="${path}">${hidden({ form: formToken, ...fields })}${button}</form>`;
}

export function hidden(fields: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;
}
