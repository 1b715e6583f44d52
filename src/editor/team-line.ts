import type { TeamStatus } from '../dashboard/protocol/team.ts';
import { ageInWords, escaped, type Translate } from './words.ts';

/** How sharing stands as the tooltip tells it; undefined where nobody has joined. */
export interface SharingView {
  readonly status: TeamStatus | undefined;
  readonly now: number;
  /** Writes a time of day. */
  readonly clock: (time: number) => string;
  readonly translate: Translate;
}

/** The tooltip's last line: whether anything is shared, with whom, since when, and what can be done about it. Markdown. */
export function sharingLine({ status, now, clock, translate: t }: SharingView): string {
  if (status === undefined || status.state === 'off') {
    const forbidden = status?.forbidden === undefined ? [] : [escaped(status.forbidden)];
    return [`$(lock) ${t('Sharing is off: nothing leaves this machine.')}`, ...forbidden].join(' ');
  }
  const parts = [
    `${icon(status)} ${words(status, clock, t)}`,
    ...(status.lastSyncAt === undefined
      ? []
      : [t('last sync {0}', ageInWords(Math.max(0, now - status.lastSyncAt), t))]),
    ...(status.notes ?? []).map(escaped),
    ...links(status, t),
  ];
  return parts.join(' · ');
}

function icon({ state }: TeamStatus): string {
  if (state === 'on') return '$(broadcast)';
  return state === 'paused' ? '$(debug-pause)' : '$(warning)';
}

function words(status: TeamStatus, clock: (time: number) => string, t: Translate): string {
  const whom = escaped(status.organisation ?? t('your team'));
  const problem = status.problem === undefined ? '' : ` ${escaped(status.problem)}`;
  switch (status.state) {
    case 'on':
      return status.as === undefined
        ? t('Sharing with {0}', whom)
        : t('Sharing with {0} as {1}', whom, escaped(status.as));
    case 'paused':
      return typeof status.pausedUntil === 'number'
        ? t('Sharing with {0} is paused until {1}', whom, clock(status.pausedUntil))
        : t('Sharing with {0} is paused', whom);
    case 'failing':
      return `${t('Sharing with {0} fails:', whom)}${problem}`;
    case 'asking':
      return `${t('Sharing with {0} waits for you:', whom)}${problem}`;
    case 'signed-out':
      return `${t('Sharing with {0} needs a sign-in:', whom)}${problem}`;
    case 'leaving':
    case 'off':
      return `${t('Leaving {0}:', whom)}${problem}`;
  }
}

function links({ state }: TeamStatus, t: Translate): readonly string[] {
  const link = (title: string, command: string): string => `[${title}](command:tokenboard.${command})`;
  if (state === 'leaving') return [link(t('Ask again'), 'leaveTeam')];
  return [
    ...(state === 'asking' ? [link(t('Decide'), 'answerTeam')] : []),
    state === 'paused' ? link(t('Resume'), 'resumeSharing') : link(t('Pause'), 'pauseSharing'),
    link(t('Preview'), 'previewSharing'),
    link(t('Leave'), 'leaveTeam'),
  ];
}
