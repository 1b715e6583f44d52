import * as vscode from 'vscode';

const { t } = vscode.l10n;
const answerKey = 'team.sharesWithoutTelemetry';
const askedKey = 'team.askedWithoutTelemetry';

/**
 * With the editor's telemetry switched off, a person is asked once whether sharing with a team is still wanted. The answer holds
 * until telemetry is switched on again.
 */
export class TeamConsent implements vscode.Disposable {
  private readonly state: vscode.Memento;
  private readonly listener: vscode.Disposable;
  private asking = false;

  constructor(state: vscode.Memento, onChange: () => void) {
    this.state = state;
    this.listener = vscode.env.onDidChangeTelemetryEnabled((enabled) => {
      if (enabled) void this.forget().then(onChange);
      else onChange();
    });
  }

  /** Whether anything may be sent. */
  get given(): boolean {
    return vscode.env.isTelemetryEnabled || this.state.get(answerKey) === true;
  }

  /** Before an invitation is looked at, which asks its server for the policy. */
  async askBeforeJoining(): Promise<boolean> {
    if (this.given) return true;
    const go = t('Look at the Invitation');
    const answer = await vscode.window.showInformationMessage(
      t('Telemetry is switched off in this editor. Do you want to look at an invitation to share with a team?'),
      {
        modal: true,
        detail: t(
          'Sharing with a team is no telemetry: it goes to the server of the invitation and nowhere else, and you see exactly what before anything is sent.',
        ),
      },
      go,
    );
    return answer === go && (await this.keep());
  }

  /** Whether no window has asked those who share already. A window that nobody looks at leaves it to another. */
  get isToBeAsked(): boolean {
    return !this.given && !this.asking && vscode.window.state.focused && this.state.get(askedKey) !== true;
  }

  /**
   * Asks those who share already what they want; undefined where they do not say. At once, in the middle of the window, where
   * they have asked to `decide`.
   */
  async askWhileSharing(organisation: string, decide: boolean): Promise<'share' | 'pause' | 'leave' | undefined> {
    if (this.asking && !decide) return undefined;
    this.asking = true;
    try {
      await this.state.update(askedKey, true);
      const [share, pause, leave] = [t('Go On Sharing'), t('Pause'), t('Leave the Team')];
      const question = t(
        'Tokenboard: telemetry is switched off in this editor. Do you still want to share your daily totals with {0}? Nothing is sent until you have answered.',
        organisation,
      );
      const answer = await vscode.window.showWarningMessage(question, { modal: decide }, share, pause, leave);
      if (answer === share) return (await this.keep()) ? 'share' : undefined;
      if (answer === pause) return 'pause';
      return answer === leave ? 'leave' : undefined;
    } finally {
      this.asking = false;
    }
  }

  dispose(): void {
    this.listener.dispose();
  }

  private async forget(): Promise<void> {
    await this.state.update(answerKey, undefined);
    await this.state.update(askedKey, undefined);
  }

  private async keep(): Promise<boolean> {
    await this.state.update(answerKey, true);
    return true;
  }
}
