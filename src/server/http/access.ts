import type { Access } from '../../team/protocol/endpoints.ts';
import type { Session } from '../store/records.ts';
import { problemError } from './problem-error.ts';

/** Throws where a session may not use an endpoint. Who may run a team is decided by its handler, which knows the team. */
export function checkAccess(access: Access, session: Session): void {
  if (access === 'consent') {
    const { policyVersion, consentVersion } = session;
    if (policyVersion === 0) throw problemError('policy_missing');
    if (policyVersion !== consentVersion) throw problemError('consent_required', { policyVersion });
  }
  if (access === 'owner' && session.role !== 'owner') throw problemError('not_allowed');
  if (access === 'admin' && session.role === 'member') throw problemError('not_allowed');
}
