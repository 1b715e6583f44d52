import assert from 'node:assert/strict';
import { ownZoneName } from '../../src/cli/own-zone-name.ts';

/** As Intl has it: of a place with several names always the same. */
function canonical(timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-US', timeZone === undefined ? {} : { timeZone }).resolvedOptions().timeZone;
}

function withTZ<Result>(name: string | undefined, work: () => Result): Result {
  const own = process.env.TZ;
  const set = (value: string | undefined): void => {
    if (value === undefined) delete process.env.TZ;
    else process.env.TZ = value;
  };
  set(name);
  try {
    return work();
  } finally {
    set(own);
  }
}

describe("the name of the machine's own zone", () => {
  for (const name of [
    undefined,
    'UTC',
    'Europe/Berlin',
    'America/Argentina/Salta',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
  ]) {
    it(`is that of Intl, or unknown, by TZ=${name ?? ''}`, () => {
      const found = ownZoneName(name === undefined ? {} : { TZ: name }, process.platform);
      if (found !== undefined)
        assert.equal(
          canonical(found),
          withTZ(name, () => canonical(undefined)),
        );
      if (name === 'UTC' && process.platform !== 'win32') assert.equal(found, 'UTC');
    });
  }

  it('is left to Intl where TZ is none of a place, or of none that there is', () => {
    for (const TZ of [
      'Europe/Nowhere',
      'CET-1CEST',
      ':Europe/Berlin',
      '../../etc/passwd',
      'Europe/../Asia/Tokyo',
      'GMT+3',
    ]) {
      assert.equal(ownZoneName({ TZ }, 'linux'), undefined, TZ);
    }
    assert.equal(ownZoneName({ TZ: 'Europe/Berlin' }, 'win32'), undefined);
  });
});
