const windowSums = ['today', '7d', '30d', '90d']
  .flatMap((window) =>
    ['tin', 'tout', 'tcr', 'tcw', 'req', 'usd', 'active_days'].map((name) => `${name}_${window} {big} NOT NULL`),
  )
  .join(', ');

/**
 * The schema, as numbered steps that only go forward: a step that was released is never changed. What differs between
 * the stores is in braces: {id} a counting key, {text} text in the order of its bytes, {big} a whole number,
 * {rows} and {keyed} the end of a table without and with its rows in the order of the key, {updated} that of
 * one whose rows change many times, so that there is room for them beside the old ones, {derived} what stands before the
 * name of a table whose rows can be made again from others: after a crash of the database it may be empty.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE organisation (
      org {big} PRIMARY KEY, created_at {big} NOT NULL, policy_version {big} NOT NULL, closed {text}
    ) {rows}`,
    `CREATE TABLE policy (
      org {big} NOT NULL, version {big} NOT NULL, sha256 {text} NOT NULL, body {text} NOT NULL, at {big} NOT NULL,
      PRIMARY KEY (org, version)
    ) {rows}`,
    `CREATE TABLE member (
      org {big} NOT NULL, member {big} NOT NULL, role {text} NOT NULL, joined_day {big} NOT NULL,
      hidden {big} NOT NULL, mark {big} NOT NULL, consent {big}, consent_version {big} NOT NULL,
      flag_reason {text}, flag_since {big}, flag_until {big},
      PRIMARY KEY (org, member)
    ) {rows}`,
    `CREATE INDEX member_owner ON member (org, member) WHERE role = 'owner'`,
    `CREATE TABLE consent (
      id {id}, org {big} NOT NULL, member {big} NOT NULL, version {big} NOT NULL, sha256 {text} NOT NULL,
      visibility {text} NOT NULL, models {big} NOT NULL, badges {big} NOT NULL, time_badges {big} NOT NULL,
      display_name {text}, at {big} NOT NULL, withdrawn_at {big}
    ) {rows}`,
    'CREATE INDEX consent_member ON consent (org, member)',
    `CREATE TABLE member_board (
      org {big} NOT NULL, member {big} NOT NULL, board {big} NOT NULL, visibility {text}, pseudonym {text},
      PRIMARY KEY (org, member, board)
    ) {rows}`,
    'CREATE UNIQUE INDEX member_board_pseudonym ON member_board (org, board, pseudonym)',
    `CREATE TABLE team (
      org {big} NOT NULL, team {big} NOT NULL, name {text} NOT NULL, name_key {text} NOT NULL,
      PRIMARY KEY (org, team)
    ) {rows}`,
    'CREATE UNIQUE INDEX team_name ON team (org, name_key)',
    `CREATE TABLE team_member (
      org {big} NOT NULL, team {big} NOT NULL, member {big} NOT NULL, role {text} NOT NULL,
      PRIMARY KEY (org, team, member)
    ) {keyed}`,
    'CREATE INDEX team_member_member ON team_member (org, member)',
    `CREATE TABLE device (
      org {big} NOT NULL, device {big} NOT NULL, member {big} NOT NULL, device_key {text} NOT NULL,
      added_at {big} NOT NULL, last_sync_at {big}, badges {text} NOT NULL,
      PRIMARY KEY (org, device)
    ) {rows}`,
    'CREATE UNIQUE INDEX device_member ON device (org, member, device_key)',
    `CREATE TABLE family (
      org {big} NOT NULL, family {big} NOT NULL, member {big} NOT NULL, device {big} NOT NULL, client {text} NOT NULL,
      created_at {big} NOT NULL, attempt {text},
      PRIMARY KEY (org, family)
    ) {rows}`,
    'CREATE INDEX family_member ON family (org, member)',
    'CREATE INDEX family_attempt ON family (attempt) WHERE attempt IS NOT NULL',
    `CREATE TABLE token (
      hash {text} PRIMARY KEY, org {big} NOT NULL, family {big} NOT NULL, kind {text} NOT NULL, expires_at {big} NOT NULL
    ) {keyed}`,
    'CREATE INDEX token_family ON token (org, family)',
    'CREATE INDEX token_expiry ON token (expires_at)',
    'CREATE TABLE erased_token (hash {text} PRIMARY KEY, expires_at {big} NOT NULL) {keyed}',
    `CREATE TABLE invite (
      org {big} NOT NULL, invite {big} NOT NULL, hash {text} NOT NULL, team {big}, role {text} NOT NULL,
      team_role {text} NOT NULL, member {big}, created_by {big}, set_up {big} NOT NULL, uses {big} NOT NULL,
      used {big} NOT NULL, created_at {big} NOT NULL, expires_at {big} NOT NULL,
      subject {text}, sealed {text}, checked_at {big},
      PRIMARY KEY (org, invite)
    ) {rows}`,
    'CREATE UNIQUE INDEX invite_hash ON invite (hash)',
    `CREATE TABLE identity (
      org {big} NOT NULL, subject {text} NOT NULL, member {big} NOT NULL, sealed {text}, checked_at {big} NOT NULL,
      lease_until {big} NOT NULL, leaves_at {big},
      PRIMARY KEY (org, subject)
    ) {keyed}`,
    'CREATE UNIQUE INDEX identity_member ON identity (org, member)',
    'CREATE INDEX identity_checked ON identity (org, checked_at)',
    'CREATE INDEX identity_leaves ON identity (org, leaves_at) WHERE leaves_at IS NOT NULL',
    `CREATE TABLE passage (
      hash {text} PRIMARY KEY, org {big} NOT NULL, kind {text} NOT NULL, body {text} NOT NULL, expires_at {big} NOT NULL
    ) {keyed}`,
    'CREATE INDEX passage_expiry ON passage (org, expires_at)',
    `CREATE TABLE device_grant (
      hash {text} PRIMARY KEY, org {big} NOT NULL, user_code {text} NOT NULL, state {text} NOT NULL, body {text},
      started_at {big} NOT NULL, polled_at {big} NOT NULL, interval_ms {big} NOT NULL, expires_at {big} NOT NULL
    ) {keyed}`,
    'CREATE UNIQUE INDEX device_grant_code ON device_grant (org, user_code)',
    'CREATE INDEX device_grant_expiry ON device_grant (org, expires_at)',
    `CREATE TABLE allowance (
      org {big} NOT NULL, allowance {big} NOT NULL, member {big}, team {big}, unit {text} NOT NULL, per {text} NOT NULL,
      amount {big} NOT NULL, since {big} NOT NULL,
      PRIMARY KEY (org, allowance)
    ) {rows}`,
    `CREATE TABLE allowance_past (
      org {big} NOT NULL, allowance {big} NOT NULL, member {big} NOT NULL, year {big} NOT NULL, used {big} NOT NULL,
      PRIMARY KEY (org, allowance, member)
    ) {keyed}`,
    'CREATE INDEX allowance_past_member ON allowance_past (org, member)',
    `CREATE TABLE cell (
      org {big} NOT NULL, device {big} NOT NULL, day {big} NOT NULL, tool {text} NOT NULL, model {text} NOT NULL,
      rev {big} NOT NULL, tin {big} NOT NULL, tout {big} NOT NULL, tcr {big} NOT NULL, tcw {big} NOT NULL,
      tcw1 {big} NOT NULL, trs {big} NOT NULL, req {big} NOT NULL, est {big} NOT NULL, usd {big}, pv {text} NOT NULL,
      PRIMARY KEY (org, device, day, tool, model)
    ) {updated}`,
    `CREATE TABLE member_day (
      org {big} NOT NULL, member {big} NOT NULL, day {big} NOT NULL,
      tin {big} NOT NULL, tout {big} NOT NULL, tcr {big} NOT NULL, tcw {big} NOT NULL, tcw1 {big} NOT NULL,
      trs {big} NOT NULL, req {big} NOT NULL, est_tokens {big} NOT NULL, usd {big} NOT NULL, unpriced {big} NOT NULL,
      PRIMARY KEY (org, member, day)
    ) {updated}`,
    `CREATE {derived}TABLE dirty (
      org {big} NOT NULL, member {big} NOT NULL, taken {big} NOT NULL, PRIMARY KEY (org, member)
    ) {keyed}`,
    // It goes where those go whose day it tells: then all windows are added up anew.
    'CREATE {derived}TABLE window_day (org {big} PRIMARY KEY, day {big} NOT NULL) {rows}',
    // One row a member: a company's are written again each night, and rows are what that costs.
    `CREATE {derived}TABLE board_window (
      org {big} NOT NULL, member {big} NOT NULL, ${windowSums},
      PRIMARY KEY (org, member)
    ) {keyed}`,
    `CREATE {derived}TABLE window_models (
      org {big} NOT NULL, member {big} NOT NULL,
      models_today {big} NOT NULL, models_7d {big} NOT NULL, models_30d {big} NOT NULL,
      PRIMARY KEY (org, member)
    ) {keyed}`,
    `CREATE TABLE snapshot (
      org {big} NOT NULL, board {big} NOT NULL, win {text} NOT NULL, metric {text} NOT NULL, seq {big} NOT NULL,
      revision {big} NOT NULL, built_at {big} NOT NULL, policy_version {big} NOT NULL, head {text}, state {text} NOT NULL,
      PRIMARY KEY (org, board, win, metric)
    ) {rows}`,
    `CREATE TABLE insight (
      org {big} NOT NULL, board {big} NOT NULL, built_at {big} NOT NULL, policy_version {big} NOT NULL, body {text} NOT NULL,
      PRIMARY KEY (org, board)
    ) {rows}`,
    `CREATE TABLE insight_state (
      org {big} NOT NULL, cell {text} NOT NULL, built_at {big} NOT NULL, state {text} NOT NULL,
      PRIMARY KEY (org, cell)
    ) {rows}`,
    `CREATE TABLE snapshot_row (
      org {big} NOT NULL, board {big} NOT NULL, win {text} NOT NULL, metric {text} NOT NULL, place {big} NOT NULL,
      member {big} NOT NULL, body {text} NOT NULL,
      PRIMARY KEY (org, board, win, metric, place)
    ) {keyed}`,
    'CREATE INDEX snapshot_row_member ON snapshot_row (org, member)',
    `CREATE TABLE span (
      id {id}, org {big} NOT NULL, board {big} NOT NULL, win {text} NOT NULL, metric {text} NOT NULL,
      member {big} NOT NULL, first_seq {big} NOT NULL, last_seq {big}, closed_at {big}
    ) {rows}`,
    'CREATE INDEX span_open ON span (org, board, win, metric) WHERE last_seq IS NULL',
    'CREATE INDEX span_member ON span (org, member)',
    `CREATE TABLE audit (
      id {id}, org {big} NOT NULL, at {big} NOT NULL, action {text} NOT NULL, actor {big}, role {text}, subject {big},
      board {big}, win {text}, metric {text}, seq {big}, reason {text}
    ) {rows}`,
    `CREATE UNIQUE INDEX audit_view ON audit (org, actor, board, win, metric, seq) WHERE action = 'board.view'`,
    `CREATE INDEX audit_series ON audit (org, board, win, metric, seq) WHERE action = 'board.view'`,
    'CREATE INDEX audit_subject ON audit (org, subject)',
    'CREATE INDEX audit_at ON audit (org, at)',
    // How many leaders there have been; one row.
    'CREATE TABLE leadership (one {big} PRIMARY KEY, epoch {big} NOT NULL) {rows}',
  ],
];

/** Counts that need not survive: kept in memory, or without a log. */
export const rateTable = `rate (
  name {text} NOT NULL, subject {text} NOT NULL, started {big} NOT NULL, ends {big} NOT NULL, acts {big} NOT NULL,
  PRIMARY KEY (name, subject, started)
)`;

export interface Dialect {
  readonly id: string;
  readonly text: string;
  readonly big: string;
  readonly rows: string;
  readonly keyed: string;
  readonly updated: string;
  readonly derived: string;
}

export const sqliteDialect: Dialect = {
  id: 'INTEGER PRIMARY KEY AUTOINCREMENT',
  text: 'TEXT',
  big: 'INTEGER',
  rows: 'STRICT',
  keyed: 'STRICT, WITHOUT ROWID',
  updated: 'STRICT, WITHOUT ROWID',
  derived: '',
};

export const postgresDialect: Dialect = {
  id: 'BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY',
  text: 'TEXT COLLATE "C"',
  big: 'BIGINT',
  rows: '',
  keyed: '',
  updated: 'WITH (fillfactor = 80)',
  derived: 'UNLOGGED ',
};

/** A statement of the schema in the words of one store. */
export function inDialect(statement: string, dialect: Dialect): string {
  return statement.replace(
    /\{(id|text|big|rows|keyed|updated|derived)\}/g,
    (_all, word: keyof Dialect) => dialect[word],
  );
}
