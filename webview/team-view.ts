import type { InsightsView } from '../src/dashboard/protocol/allowances.ts';
import type { OwnerView, ShareView, TeamBoardView, TeamStatus } from '../src/dashboard/protocol/team.ts';
import { type MetricId, organisationBoard, type WindowId } from '../src/team/protocol/terms.ts';
import { problem } from './card.ts';
import { el } from './dom.ts';
import { replaceKeepingFocus } from './keep-focus.ts';
import { t } from './l10n.ts';
import { ownerPage } from './owner-view.ts';
import { segments } from './segments.ts';
import { sharePage } from './share-view.ts';
import { boardControls } from './team-controls.ts';
import { teamDrawer } from './team-explain.ts';
import { boardFacts } from './team-facts.ts';
import { insightFacts, insightPanels } from './team-insights.ts';
import { sharingLine } from './team-line.ts';
import { rankingPanel } from './team-ranking.ts';
import { boardState } from './team-states.ts';
import type { TeamMeasure } from './team-teams.ts';
import { usPanels } from './team-us.ts';
import { watermark } from './team-watermark.ts';
import { sentenceOf, utcMoment } from './team-words.ts';
import type { View, ViewContext } from './view.ts';

type Part = 'us' | 'ranking' | 'insights' | 'share' | 'owner';

interface Chosen {
  readonly part: Part;
  readonly board: number;
  readonly window: WindowId;
  /** Undefined: the board's default. */
  readonly metric: MetricId | undefined;
}

const first: Chosen = { part: 'us', board: organisationBoard, window: '30d', metric: undefined };

/** The Team tab: us, the ranking, what one shares, and for owners who is in it. */
export function teamView(context: ViewContext): View {
  const { formats } = context;
  let chosen: Chosen = { ...first, ...context.recall<Partial<Chosen>>('team') };
  let status: TeamStatus | undefined;
  let board: TeamBoardView | undefined;
  let shared: ShareView | undefined;
  let owned: OwnerView | undefined;
  let seen: InsightsView | undefined;
  let group: number | undefined;
  let measure: TeamMeasure = 'total';
  let allTeams = false;
  let allRows = false;
  let turn = 0;
  /** What is drawn of a board, and as of what. */
  let drawnBoard: { readonly key: string; readonly element: HTMLElement } | undefined;

  const drawer = teamDrawer();
  const line = sharingLine({ context, onStatus: take, decide: () => choose({ part: 'share' }) });
  const parts = el('div', { class: 'tb-team-parts' });
  const controls = boardControls(formats, choose);
  const place = el('div', { class: 'tb-team-place', 'aria-busy': 'true' });
  const share = sharePage({ context, take: takeShare, leave: line.leave });
  const owner = ownerPage({ context, take: takeOwner });
  const element = el(
    'div',
    { class: 'tb-team' },
    line.element,
    el('div', { class: 'tb-team-bar' }, parts, controls.element),
    place,
    drawer.element,
  );
  let shownParts = '';

  function choose(next: Partial<Chosen>): void {
    chosen = { ...chosen, ...next };
    context.remember('team', chosen);
    if (next.board !== undefined || next.window !== undefined || next.metric !== undefined) allRows = false;
    void show();
  }

  function take(next: TeamStatus): void {
    status = next;
    void show();
  }

  function takeShare(next: ShareView): void {
    shared = next;
    status = next.status;
    draw();
  }

  function takeOwner(next: OwnerView): void {
    owned = next;
    draw();
  }

  function drawParts(): void {
    const managing = status?.role === 'owner' || status?.role === 'admin';
    const running = managing || status?.runsTeam === true;
    const key = `${managing} ${running}`;
    if (!running && chosen.part === 'insights') chosen = { ...chosen, part: 'us' };
    if (!managing && chosen.part === 'owner') chosen = { ...chosen, part: 'us' };
    if (key === shownParts) return;
    shownParts = key;
    parts.replaceChildren(
      segments<Part>({
        label: t('What is shown of the team'),
        choices: [
          { value: 'us', text: t('Us') },
          { value: 'ranking', text: t('Ranking') },
          ...(running ? [{ value: 'insights' as const, text: t('Insights') }] : []),
          { value: 'share', text: t('Share') },
          ...(managing ? [{ value: 'owner' as const, text: t('Manage') }] : []),
        ],
        value: chosen.part,
        onChange: (part) => choose({ part }),
      }).element,
    );
  }

  function draw(): void {
    if (status === undefined) return;
    line.show(status, board);
    drawParts();
    const onBoard = chosen.part === 'us' || chosen.part === 'ranking';
    controls.show(onBoard && board?.snapshot.state === 'open' ? board : undefined, chosen.part === 'ranking');
    if (isOver(status)) {
      share.forget();
      replaceKeepingFocus(place);
    } else if (chosen.part === 'share' && shared !== undefined) share.show(shared, place);
    else if (chosen.part === 'owner' && owned !== undefined) owner.show(owned, status, place);
    else if (chosen.part === 'insights' && seen !== undefined) drawInsights(seen);
    else if (onBoard && board !== undefined) drawBoard(board, status);
  }

  function drawBoard(view: TeamBoardView, as: TeamStatus): void {
    const instead = boardState(view, formats);
    if (instead !== undefined) {
      replaceKeepingFocus(place, instead);
      return;
    }
    const k = shared?.policy?.k;
    // What is unchanged stays, with the table that is open and the bar that is looked at.
    const key = JSON.stringify([view, as.as, chosen.part, k, shared?.views, measure, allTeams, allRows]);
    if (drawnBoard?.key === key && drawnBoard.element.isConnected) return;
    const explain = (title: string) => drawer.open(title, boardFacts(view, k, formats));
    const built = Date.parse(view.snapshot.builtAt ?? '');
    const time = Number.isNaN(built)
      ? ''
      : `${new Date(built).toISOString().slice(0, 10)} ${utcMoment(built, formats, built)}`;
    const content =
      chosen.part === 'us'
        ? usPanels({
            view,
            formats,
            k,
            measure,
            allTeams,
            explain,
            onMeasure(next) {
              measure = next;
              draw();
            },
            onAllTeams() {
              allTeams = true;
              draw();
            },
          })
        : [
            rankingPanel({
              view,
              status: as,
              views: shared?.views,
              formats,
              all: allRows,
              explain,
              onAll(next) {
                allRows = next;
                draw();
              },
            }),
          ];
    const made = el('div', { class: `tb-team-${chosen.part}` }, ...content, watermark(`${view.viewer} · ${time}`));
    drawnBoard = { key, element: made };
    replaceKeepingFocus(place, made);
  }

  function drawInsights(view: InsightsView): void {
    const onGroup = (next: number) => {
      group = next;
      void show();
    };
    const explain = (title: string) => drawer.open(title, insightFacts(view, formats));
    const content = insightPanels({ view, formats, onGroup, explain });
    replaceKeepingFocus(place, el('div', { class: 'tb-team-insights' }, ...content));
  }

  async function show(): Promise<void> {
    const mine = ++turn;
    if (!drawn(chosen.part)) wait();
    try {
      const { part, board: id, window, metric } = chosen;
      status = await context.askTeam({ ask: 'teamStatus' });
      if (mine !== turn) return;
      drawParts();
      if (!isOver(status)) {
        if (part === 'share') shared = await context.askTeam({ ask: 'share' });
        else if (part === 'owner') owned = await context.askTeam({ ask: 'owner' });
        else if (part === 'insights') seen = await context.askTeam({ ask: 'insights', group });
        else board = await context.askTeam({ ask: 'teamBoard', board: id, window, metric });
      }
      if (mine !== turn) return;
      place.removeAttribute('aria-busy');
      draw();
    } catch (error) {
      if (mine !== turn) return;
      place.removeAttribute('aria-busy');
      replaceKeepingFocus(
        place,
        problem(sentenceOf(error), () => void show()),
      );
      return;
    }
    if (shared === undefined && !isOver(status)) void learnMore(mine);
  }

  /** What the board is better with but does not wait for: the policy's k, and how often one was looked at. */
  async function learnMore(mine: number): Promise<void> {
    try {
      shared = await context.askTeam({ ask: 'share' });
      if (mine === turn) draw();
    } catch {
      // The board says what it knows.
    }
  }

  function drawn(part: Part): boolean {
    return { us: board, ranking: board, insights: seen, share: shared, owner: owned }[part] !== undefined;
  }

  function wait(): void {
    place.setAttribute('aria-busy', 'true');
    const blocks = ['bar', 'chart'].map((size) => el('div', { class: `tb-block tb-block-${size}` }));
    place.replaceChildren(el('div', { class: 'tb-card' }, ...blocks));
  }

  return { element, show };
}

/** Nothing is shared any more, and nothing of the team is shown. */
function isOver({ state }: TeamStatus): boolean {
  return state === 'off' || state === 'leaving';
}
