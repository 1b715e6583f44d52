import type { StartView } from '../src/dashboard/protocol/messages.ts';
import { badgesView } from './badges-view.ts';
import { frame } from './frame.ts';
import { connect, type News } from './host.ts';
import { insightsView } from './insights-view.ts';
import { joinView } from './join-view.ts';
import { useTexts } from './l10n.ts';
import { memoryOf } from './memory.ts';
import { overviewView } from './overview.ts';
import { sessionsView } from './sessions-view.ts';
import { teamView } from './team-view.ts';

const start = JSON.parse(document.getElementById('start')?.textContent ?? '') as StartView;
useTexts(start.texts);
const host = connect(take);
const page = frame({
  start,
  host,
  memory: memoryOf(host),
  views: {
    overview: (context) => overviewView(context, start),
    sessions: sessionsView,
    insights: insightsView,
    badges: badgesView,
    team: teamView,
    join: joinView,
  },
});

function take(news: News): void {
  if (news.kind === 'changed') page.renew();
  else if (news.kind === 'counting') page.count(news.state);
  else if (news.kind === 'sharing') page.share(news.team);
  else page.go(news.tab, news.session);
}

host.act({ act: 'ready' });
void page.begin();
