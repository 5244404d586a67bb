/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A whole number of any size, as a decimal string. */
  BigInt: { input: string; output: string; }
  /** An instant in UTC, always in the form `YYYY-MM-DDTHH:mm:ss.sssZ`. Any other form is refused. */
  DateTime: { input: string; output: string; }
  /** A SHA-256 hash in lower-case hex. */
  Hash: { input: string; output: string; }
  /** An Ed25519 public key: base58 (Bitcoin alphabet) of the 32 raw bytes, which is a Solana address. */
  PublicKey: { input: string; output: string; }
  /** An Ed25519 signature: padded base64 (RFC 4648 §4) of the 64 raw bytes. */
  Signature: { input: string; output: string; }
};

/** Tasks that could not be checked, and why. */
export type AbstainInput = {
  /** Callback IDs of the tasks, 1 to 500. */
  callbackIds: Array<Scalars['ID']['input']>;
  /** Why none of them could be checked. */
  reason: AbstentionReason;
};

/** Why `abstain` was refused. */
export type AbstainRefusal =
  /** The hub's operator has banned this key. */
  | 'BANNED'
  /** The key has sent too many claims and answers that changed nothing. */
  | 'RATE_LIMITED'
  /** The hub's database does not answer, or has no room. Send the same claims again in a few seconds. */
  | 'UNAVAILABLE'
  /** `callbackIds` is empty or has more than 500. */
  | 'WRONG_NUMBER';

/** Why a validator could not check a website: by its own account, and a condition of its machine or network, never the website's. */
export type AbstentionReason =
  /** Its program failed: a bug in the agent. */
  | 'AGENT_FAULT'
  /** A captive portal answers in place of websites. */
  | 'CAPTIVE_PORTAL'
  /** Its clock and the hub's differ too much to judge a certificate. */
  | 'CLOCK_OFF'
  /** Its machine ran out of files, ports or memory, or its own firewall refused. */
  | 'LOCAL_LIMIT'
  /** Its settings forbid the address, or it cannot do such a check. This lasts until somebody changes it. */
  | 'NOT_PERMITTED'
  /** The website needs IPv4 or IPv6, and it has only the other. */
  | 'NO_ADDRESS_FAMILY'
  /** Its network is down: nothing answers. */
  | 'NO_NETWORK'
  /** Its name servers do not answer. */
  | 'NO_RESOLVER'
  /** It had too many tasks to begin this one in time. */
  | 'NO_TIME'
  /** Its machine was suspended or too busy to measure. */
  | 'STALLED';

/** Why a claim was rejected. */
export type AbstentionRejectionReason =
  /** The task's deadline has passed, so the round takes no more claims: there is nothing to do. */
  | 'LATE'
  /** The callback ID was given to another validator: claim only about your own tasks. */
  | 'NOT_YOURS'
  /** This hub gave out no such callback ID: send the one of the task, byte for byte. */
  | 'UNKNOWN_CALLBACK';

/** A way to count uptime. docs/verdicts.md has the formulas and worked examples. */
export type AccountingMethod =
  /** Only Good and Bad time outside maintenance counts. */
  | 'OBSERVED'
  /** All enabled time outside maintenance counts, and only Good is up: Inconclusive and missing time is down. */
  | 'STRICT'
  /** Like OBSERVED, but maintenance counts like other time. */
  | 'WITH_MAINTENANCE';

/** Why `acknowledgeIncident` was refused. */
export type AcknowledgeIncidentRefusal =
  /** The caller has no such incident. */
  | 'NOT_FOUND';

/** Who changed something. */
export type ActorKind =
  /** The hub by itself. */
  | 'HUB'
  /** Whoever holds the operator token. */
  | 'OPERATOR'
  /** An owner, with a token of theirs. */
  | 'OWNER';

/** A note on an incident. */
export type AddIncidentNoteInput = {
  /** ID of the incident. */
  id: Scalars['ID']['input'];
  /** The text: 1 to 4000 characters, line ends allowed. */
  note: Scalars['String']['input'];
};

/** Why `addIncidentNote` was refused. */
export type AddIncidentNoteRefusal =
  /** The note is blank, longer than 4000 characters or holds control characters. */
  | 'INVALID_NOTE'
  /** The caller has no such incident. */
  | 'NOT_FOUND'
  /** The incident has 200 notes already. */
  | 'TOO_MANY_NOTES';

/** A host to allow again. */
export type AllowHostInput = {
  /** The host as `deniedHosts` lists it. */
  host: Scalars['String']['input'];
};

/** Why `allowHost` was refused. */
export type AllowHostRefusal =
  /** The host is not on the deny-list. */
  | 'NOT_FOUND';

/** The outcome of an attempt to deliver a message. */
export type AttemptOutcome =
  /** The receiver accepted the message. */
  | 'DELIVERED'
  /** The receiver wants no more messages, ever: the channel was turned off. */
  | 'GONE'
  /** The receiver refused this message. It is retried; others overtake it. */
  | 'REFUSED'
  /** The hub stopped before there was an answer. */
  | 'STOPPED'
  /** The receiver accepts nothing right now. All its messages wait. */
  | 'UNREACHABLE';

/** A new password. */
export type ChangePasswordInput = {
  /** The current password; null for an owner who has none. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** From 10 to 256 characters. */
  newPassword: Scalars['String']['input'];
};

/** Why `changePassword` was refused. */
export type ChangePasswordRefusal =
  /** Too many attempts, or the hub is busy checking other passwords; try again later. */
  | 'RATE_LIMITED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD'
  /** The current password is missing or wrong. */
  | 'WRONG_PASSWORD';

/** Kinds of channels. */
export type ChannelKind =
  /** A URL that gets signed messages. */
  | 'WEBHOOK';

/** Settings of a check. Fields left out keep their value, or the default on a new website; null restores the default. */
export type CheckInput = {
  /** Body of a POST request; at most 64 KiB. Default: none. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** Whole days for which the certificate must still be valid, 0 to 3650. Default: no limit. */
  certificateDays?: InputMaybe<Scalars['Int']['input']>;
  /** Headers of the request. Every validator sees them, secrets in them too. Default: none. */
  headers?: InputMaybe<Array<HttpHeaderInput>>;
  /** The IP version to connect over. Default: ANY. */
  ipVersion?: InputMaybe<IpVersion>;
  /** Text that is searched in the first MiB of the body; at most 256 bytes. Default: none. */
  keyword?: InputMaybe<Scalars['String']['input']>;
  /** Whether the keyword must be present or absent; given exactly when there is a keyword. Default: none. */
  keywordMust?: InputMaybe<KeywordRule>;
  /** Most milliseconds that a good answer may take; 1 to 60000. Default: no limit. */
  maxLatencyMs?: InputMaybe<Scalars['Int']['input']>;
  /** Method of the request. Default: GET. */
  method?: InputMaybe<HttpMethod>;
  /** Redirects to follow, 0 to 10; with 0 a redirect is the answer itself. Default: 5. */
  redirects?: InputMaybe<Scalars['Int']['input']>;
  /** Statuses of a good answer: codes and ranges, rising and without overlap, joined by commas without blanks, such as `200-299,401`. Default: `200-299`. */
  statuses?: InputMaybe<Scalars['String']['input']>;
  /** Milliseconds for everything, redirects and body included; 1 to 60000. Default: 10000. */
  timeoutMs?: InputMaybe<Scalars['Int']['input']>;
};

/** The token to create. */
export type CreateApiTokenInput = {
  /** What it is for: one line of 1 to 100 characters. */
  name: Scalars['String']['input'];
  /** Whether it allows only queries and subscriptions; mutations are then refused with FORBIDDEN. */
  readOnly?: Scalars['Boolean']['input'];
};

/** Why `createApiToken` was refused. */
export type CreateApiTokenRefusal =
  /** The name is blank, longer than 100 characters or not one line. */
  | 'INVALID_NAME'
  /** The owner has 100 valid API tokens. */
  | 'TOO_MANY_TOKENS';

/** Whom a link is for. */
export type CreateLogInLinkInput = {
  /** The address that the owner logs in with. */
  email: Scalars['String']['input'];
};

/** Why `createLogInLink` was refused. */
export type CreateLogInLinkRefusal =
  /** There is no owner with this email address. */
  | 'NOT_FOUND';

/** A maintenance window. */
export type CreateMaintenanceWindowInput = {
  /** What it is for: one line of 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** IANA name of its time zone, such as `Europe/Berlin`. */
  timeZone: Scalars['String']['input'];
  /** When it runs. */
  times: MaintenanceTimesInput;
  /** ID of the website whose verdicts the window sets apart. */
  websiteId: Scalars['ID']['input'];
};

/** Why `createMaintenanceWindow` was refused. */
export type CreateMaintenanceWindowRefusal =
  /** A one-off window would end before or when it begins. */
  | 'END_NOT_AFTER_START'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** A time has the wrong form; `field` names it. */
  | 'INVALID_TIMES'
  /** There is no weekday, one is not from 1 to 7, or one is repeated. */
  | 'INVALID_WEEKDAYS'
  /** The caller has no such website. */
  | 'NOT_FOUND'
  /** A one-off window is entirely in the past. */
  | 'OVER'
  /** A one-off window would last longer than 90 days. */
  | 'TOO_LONG'
  /** The website has 50 windows that are neither deleted nor over. */
  | 'TOO_MANY_WINDOWS'
  /** The hub knows no IANA time zone of this name. */
  | 'UNKNOWN_TIME_ZONE';

/** A new owner. */
export type CreateOwnerInput = {
  /** The address that the owner logs in with. */
  email: Scalars['String']['input'];
  /** From 10 to 256 characters; null for an owner who uses tokens only. */
  password?: InputMaybe<Scalars['String']['input']>;
};

/** Why `createOwner` was refused. */
export type CreateOwnerRefusal =
  /** There is an owner with this email address. */
  | 'EMAIL_TAKEN'
  /** The email address is not of the usual form. */
  | 'INVALID_EMAIL'
  /** Too many attempts, or the hub is busy checking other passwords; try again later. */
  | 'RATE_LIMITED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD';

/** The key that asks for a challenge. */
export type CreateSignupChallengeInput = {
  /** The key that will sign up. */
  publicKey: Scalars['PublicKey']['input'];
};

/** A webhook to create. */
export type CreateWebhookInput = {
  /** Where messages are posted to. It never changes: for another URL, create another webhook. */
  url: Scalars['String']['input'];
  /** Only incidents of the website with this id; without it, of all websites of the caller. */
  websiteId?: InputMaybe<Scalars['ID']['input']>;
};

/** Why `createWebhook` was refused. */
export type CreateWebhookRefusal =
  /** The host is on the operator's deny-list; the message says why. */
  | 'DENIED_HOST'
  /** The URL leads to a private network, or to a port that is not allowed. */
  | 'FORBIDDEN_TARGET'
  /** The URL is not http or https, too long, or has a user name, password or fragment. */
  | 'INVALID_URL'
  /** The caller has no such website. */
  | 'NOT_FOUND'
  /** The caller has 20 channels already. */
  | 'TOO_MANY_CHANNELS';

/** A website to watch. */
export type CreateWebsiteInput = {
  /** Consecutive Bad verdicts that open an incident; 1 to 20. */
  badToOpen?: Scalars['Int']['input'];
  /** Check settings that differ from the defaults. */
  check?: InputMaybe<CheckInput>;
  /** Whether it is checked. */
  enabled?: Scalars['Boolean']['input'];
  /** Checked in every n-th round only; 1 to 1440. */
  everyRounds?: Scalars['Int']['input'];
  /** Consecutive Good verdicts that end an incident; 1 to 20. */
  goodToClose?: Scalars['Int']['input'];
  /** Fewest networks that must agree before a verdict is Good or Bad; a majority is needed in any case. 1 to 1000. */
  minimumVotes?: Scalars['Int']['input'];
  /** Display name: one line of 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** At most 20 tags of 1 to 50 characters, kept trimmed, in lower case and each once. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The URL to request. It never changes: another URL is another website. */
  url: Scalars['String']['input'];
};

/** Why `createWebsite` was refused. */
export type CreateWebsiteRefusal =
  /** The host is on the operator's deny-list; the message gives the reason. */
  | 'DENIED_HOST'
  /** The URL leads to a private network, or to a port that is not allowed. */
  | 'FORBIDDEN_TARGET'
  /** `badToOpen` is not from 1 to 20. */
  | 'INVALID_BAD_TO_OPEN'
  /** A setting of the check is wrong; `field` names it. */
  | 'INVALID_CHECK'
  /** `everyRounds` is not from 1 to 1440. */
  | 'INVALID_EVERY_ROUNDS'
  /** `goodToClose` is not from 1 to 20. */
  | 'INVALID_GOOD_TO_CLOSE'
  /** `minimumVotes` is not from 1 to 1000. */
  | 'INVALID_MINIMUM_VOTES'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** There are more than 20 tags, or one is blank, longer than 50 characters or not one line. */
  | 'INVALID_TAGS'
  /** The URL is not http or https, too long, or has a user name, password or fragment. */
  | 'INVALID_URL';

/** Websites to watch. */
export type CreateWebsitesInput = {
  /** The websites, 1 to 100. */
  websites: Array<CreateWebsiteInput>;
};

/** Why `createWebsites` was refused. */
export type CreateWebsitesRefusal =
  /** The list is empty or has more than 100. */
  | 'WRONG_NUMBER';

/** Why `deleteChannel` was refused. */
export type DeleteChannelRefusal =
  /** The caller has no such channel. */
  | 'NOT_FOUND';

/** Why `deleteMaintenanceWindow` was refused. */
export type DeleteMaintenanceWindowRefusal =
  /** The caller has no such maintenance window. */
  | 'NOT_FOUND';

/** Why `deleteWebsite` was refused. */
export type DeleteWebsiteRefusal =
  /** The caller has no such website. */
  | 'NOT_FOUND';

/** Websites to delete. */
export type DeleteWebsitesInput = {
  /** IDs of the websites, 1 to 100. */
  ids: Array<Scalars['ID']['input']>;
};

/** Why `deleteWebsites` was refused. */
export type DeleteWebsitesRefusal =
  /** The list is empty or has more than 100. */
  | 'WRONG_NUMBER';

/** A host to deny. */
export type DenyHostInput = {
  /** A name or an address, without scheme, port and path. */
  host: Scalars['String']['input'];
  /** Why, for the owners of websites there: one line of 1 to 500 characters. */
  reason: Scalars['String']['input'];
};

/** Why `denyHost` was refused. */
export type DenyHostRefusal =
  /** It is not just a name or an address. */
  | 'INVALID_HOST'
  /** The reason is blank, longer than 500 characters or not one line. */
  | 'INVALID_REASON'
  /** There are 1000 hosts on the list. */
  | 'TOO_MANY_HOSTS';

/** Why `dropFutureRounds` was refused. */
export type DropFutureRoundsRefusal =
  /** No round is in the future of this machine's clock. */
  | 'NONE';

/** Why a check ended Bad. The first failure in the order of the exchange counts. */
export type FailureClass =
  /** The keyword or the limit on latency was not met. */
  | 'ASSERTION'
  /** Refused, reset or unreachable before an answer. */
  | 'CONNECT'
  /** The name was not resolved. */
  | 'DNS'
  /** The answer is not HTTP or was cut off. */
  | 'PROTOCOL'
  /** Too many redirects, a loop or a forbidden one. */
  | 'REDIRECT'
  /** The HTTP status is none of those that the check accepts. */
  | 'STATUS'
  /** The time for the whole check ran out. */
  | 'TIMEOUT'
  /** The handshake failed, or the certificate is invalid or expires too soon. */
  | 'TLS';

/** Length of the points of a history. */
export type HistoryResolution =
  /** Days of a time zone, with 23 or 25 hours when its clocks change. */
  | 'DAY'
  /** Hours of UTC. */
  | 'HOUR'
  /** Minutes, while single verdicts are kept. */
  | 'MINUTE';

/** A header of the request. */
export type HttpHeaderInput = {
  /** Its name, at most once, ignoring case. Headers that the connection itself needs are refused. */
  name: Scalars['String']['input'];
  /** Its value: printable ASCII, at most 1024 characters. */
  value: Scalars['String']['input'];
};

/** Method of a request. */
export type HttpMethod =
  /** Asks for the page. */
  | 'GET'
  /** Asks only for the headers. */
  | 'HEAD'
  /** Sends a body. */
  | 'POST';

/** Why an incident is reported. */
export type IncidentChangeCause =
  /** It was opened, reopened, closed or acknowledged, or got a note. */
  | 'CHANGED'
  /** It was open when the subscription began. */
  | 'CURRENT';

/** How an incident ended. */
export type IncidentEnd =
  /** The website was deleted. */
  | 'DELETED'
  /** The website was disabled. */
  | 'DISABLED'
  /** There were as many consecutive Good verdicts as the website asks for. */
  | 'RECOVERED';

/** Filters incidents. */
export type IncidentState =
  /** All of them. */
  | 'ALL'
  /** Those that have ended. */
  | 'CLOSED'
  /** Those that have not ended. */
  | 'OPEN';

/** Why a verdict is Inconclusive. */
export type InconclusiveReason =
  /** Fewer networks were asked than `minimumVotes` of the website. */
  | 'BELOW_MINIMUM'
  /** Enough answered, and too few of them agreed. */
  | 'DISAGREEMENT'
  /** Networks that were asked within the last 15 minutes are gone, and those left are not enough. */
  | 'MISSING_NETWORKS'
  /** Enough answered, but some of them seemed to be offline themselves. */
  | 'SET_ASIDE'
  /** Too few networks answered in time. `couldNotCheck` and `abstentions` say how many of the others could not check, and why. */
  | 'TOO_FEW_ANSWERS';

/** Version of the Internet Protocol. */
export type IpVersion =
  /** Either, whichever the validator has. */
  | 'ANY'
  /** IPv4 only. */
  | 'V4'
  /** IPv6 only. */
  | 'V6';

/** Whether a keyword must be present or absent. */
export type KeywordRule =
  /** The body must not contain it. */
  | 'ABSENT'
  /** The body has to contain it. */
  | 'PRESENT';

/** The credentials to log in with. */
export type LogInInput = {
  /** The owner's email address. */
  email: Scalars['String']['input'];
  /** The owner's password. */
  password: Scalars['String']['input'];
};

/** Why `logIn` was refused. */
export type LogInRefusal =
  /** Too many attempts, or the hub is busy checking other passwords; try again later. */
  | 'RATE_LIMITED'
  /** No owner has this email address and password. */
  | 'WRONG_CREDENTIALS';

/** Why `logOut` was refused. */
export type LogOutRefusal =
  /** The caller used an API token, or the session has already ended. */
  | 'NO_SESSION';

/** How often a maintenance window runs. */
export type MaintenanceKind =
  /** Once, from `startsAt` until `endsAt`. */
  | 'ONE_OFF'
  /** Every week on `weekdays`, from `startTime` until `endTime`. */
  | 'WEEKLY';

/** When a maintenance window runs: exactly one of these. */
export type MaintenanceTimesInput =
  /** Once. */
  { oneOff: OneOffTimesInput; weekly?: never; }
  |  /** Every week. */
  { oneOff?: never; weekly: WeeklyTimesInput; };

/** Wall-clock times of a window that runs once. */
export type OneOffTimesInput = {
  /** When it ends, `YYYY-MM-DDTHH:mm`; at most 90 days later. */
  endsAt: Scalars['String']['input'];
  /** When it begins, `YYYY-MM-DDTHH:mm`. */
  startsAt: Scalars['String']['input'];
};

/** How the ownership of a host is proven. */
export type OwnershipMethod =
  /** By a TXT record, for every port of the host. */
  | 'DNS'
  /** By a file at a fixed path of the host. */
  | 'FILE'
  /** By a tag in the head of the host's front page. */
  | 'META';

/** The time: a window that ends with the last closed round, or a span of your choice. */
export type PeriodInput =
  /** From one instant to another. */
  { span: TimeSpanInput; window?: never; }
  |  /** A window that ends with the last closed round. */
  { span?: never; window: TimeWindow; };

/** The code of a log-in link. */
export type RedeemLogInCodeInput = {
  /** What follows `#code=` in the link. */
  code: Scalars['String']['input'];
};

/** Why `redeemLogInCode` was refused. */
export type RedeemLogInCodeRefusal =
  /** The link is older than 10 minutes. */
  | 'EXPIRED_CODE'
  /** Too many attempts from this address; try again later. */
  | 'RATE_LIMITED'
  /** The link has been used. */
  | 'USED_CODE'
  /** There is no such link, or it has been taken back. */
  | 'WRONG_CODE';

/** The owner to register. */
export type RegisterInput = {
  /** The address to log in with. */
  email: Scalars['String']['input'];
  /** From 10 to 256 characters. */
  password: Scalars['String']['input'];
};

/** Why `register` was refused. */
export type RegisterRefusal =
  /** There is an owner with this email address. */
  | 'EMAIL_TAKEN'
  /** The email address is not of the usual form. */
  | 'INVALID_EMAIL'
  /** Too many attempts, or the hub is busy checking other passwords; try again later. */
  | 'RATE_LIMITED'
  /** Only the operator creates owners here. */
  | 'REGISTRATION_CLOSED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD';

/** How far back to count: all UTC days that this time touches. */
export type ReliabilityWindow =
  /** 7 days of 24 hours. */
  | 'LAST_7_DAYS'
  /** 24 hours. */
  | 'LAST_24_HOURS'
  /** 30 days of 24 hours. */
  | 'LAST_30_DAYS';

/** Why `revokeApiToken` was refused. */
export type RevokeApiTokenRefusal =
  /** The caller has no such API token. */
  | 'NOT_FOUND';

/** Whose tokens to end. */
export type RevokeOwnerTokensInput = {
  /** The address that the owner logs in with. */
  email: Scalars['String']['input'];
};

/** Why `revokeOwnerTokens` was refused. */
export type RevokeOwnerTokensRefusal =
  /** There is no owner with this email address. */
  | 'NOT_FOUND';

/** Which webhook gets a new secret. */
export type RotateWebhookSecretInput = {
  /** ID of the webhook. */
  id: Scalars['ID']['input'];
  /** Seconds for which the current secret keeps signing beside the new one: 0, which ends it at once, to 604800. */
  overlapS?: Scalars['Int']['input'];
};

/** Why `rotateWebhookSecret` was refused. */
export type RotateWebhookSecretRefusal =
  /** The overlap is not from 0 to 604800 seconds. */
  | 'INVALID_OVERLAP'
  /** The caller has no such webhook. */
  | 'NOT_FOUND';

/** Why a round was begun. */
export type RoundKind =
  /** To check some websites now. Not used in this version. */
  | 'ON_DEMAND'
  /** By the schedule, or manually by an operator. It checks all websites that are due, and gives them verdicts. */
  | 'SCHEDULED';

/** Whether a validator is banned. */
export type SetValidatorBanInput = {
  /** True bans it, false lifts its ban. */
  banned: Scalars['Boolean']['input'];
  /** The validator. */
  id: Scalars['ID']['input'];
};

/** Why `setValidatorBan` was refused. */
export type SetValidatorBanRefusal =
  /** There is no such validator. */
  | 'NOT_FOUND';

/** Whether a validator is suspended. */
export type SetValidatorSuspensionInput = {
  /** The validator. */
  id: Scalars['ID']['input'];
  /** True suspends it, false lifts its suspension. */
  suspended: Scalars['Boolean']['input'];
};

/** Why `setValidatorSuspension` was refused. */
export type SetValidatorSuspensionRefusal =
  /** There is no such validator. */
  | 'NOT_FOUND';

/** A signup statement (PROTOCOL §2.1) by its fields, with its signature. */
export type SignupInput = {
  /** Name and version of the program, self-declared. */
  agentVersion?: InputMaybe<Scalars['String']['input']>;
  /** From createSignupChallenge, for this key. */
  challenge: Scalars['String']['input'];
  /** The origin that the validator was told to dial. */
  hub: Scalars['String']['input'];
  /** The address the validator believes it has. A hint: the hub records the one it sees. */
  ip?: InputMaybe<Scalars['String']['input']>;
  /** A name for people, self-declared. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** The version of the protocol that the agent speaks. */
  protocolVersion?: Scalars['Int']['input'];
  /** The key that signs. */
  publicKey: Scalars['PublicKey']['input'];
  /** Where it runs, self-declared. */
  region?: InputMaybe<Scalars['String']['input']>;
  /** Over the signup statement. */
  signature: Scalars['Signature']['input'];
};

/** Why `signup` was refused. */
export type SignupRefusal =
  /** The public key is not a valid Ed25519 key in canonical base58: send the 32 bytes of your key, encoded as a Solana address. */
  | 'BAD_KEY'
  /** The signature is not that of this key over this signup statement: rebuild the statement from the fields you send, line by line, and sign it again. */
  | 'BAD_SIGNATURE'
  /** The hub's operator has banned this key: contact the operator, signing up again does not help. */
  | 'BANNED'
  /** The challenge is older than 60 s: ask for a new one with createSignupChallenge and sign it at once. */
  | 'EXPIRED_CHALLENGE'
  /** The agent speaks an older protocol than this hub (2): upgrade the agent. */
  | 'PROTOCOL_TOO_OLD'
  /** Too many signups from your address or key: wait a minute and try again. */
  | 'RATE_LIMITED'
  /** The hub's database does not answer: nothing was recorded, try again in a few seconds. */
  | 'UNAVAILABLE'
  /** This hub made no such challenge for this key: ask for a new one with createSignupChallenge. */
  | 'UNKNOWN_CHALLENGE'
  /** The challenge has been used: ask for a new one with createSignupChallenge for every signup. */
  | 'USED_CHALLENGE'
  /** The statement names another hub than this one: sign for the origin that you were told to dial, or ask the operator to add it to OVERLAPS_ORIGINS. */
  | 'WRONG_HUB';

/** Which round to begin. */
export type StartRoundInput = {
  /** The round's instant, at most an hour ahead; now when left out. */
  roundAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Why `startRound` was refused. */
export type StartRoundRefusal =
  /** This hub has begun the round of that instant before. */
  | 'ALREADY_STARTED'
  /** The instant is not in the form YYYY-MM-DDTHH:mm:ss.sssZ. */
  | 'INVALID_INSTANT'
  /** The round's deadline has passed, or a later round is closed already. */
  | 'OVER'
  /** The instant is more than an hour ahead. */
  | 'TOO_FAR_AHEAD';

/** A tick statement (PROTOCOL §2.3) by its fields, with its signature. */
export type SubmitTickInput = {
  /** The origin that the validator was told to dial, as in the statement. */
  hub: Scalars['String']['input'];
  /** The key that signs. */
  publicKey: Scalars['PublicKey']['input'];
  /** Over the tick statement. */
  signature: Scalars['Signature']['input'];
  /** The answer. */
  tick: TickInput;
};

/** A batch statement (PROTOCOL §2.4) by its fields, with its signature. */
export type SubmitTicksInput = {
  /** The origin that the validator was told to dial, as in the statement. */
  hub: Scalars['String']['input'];
  /** The key that signs. */
  publicKey: Scalars['PublicKey']['input'];
  /** Over the batch statement. */
  signature: Scalars['Signature']['input'];
  /** 1 to 500 answers, in the order of the tree. */
  ticks: Array<TickInput>;
};

/** Why `testChannel` was refused. */
export type TestChannelRefusal =
  /** The channel is turned off. */
  | 'DISABLED'
  /** The caller has no such channel. */
  | 'NOT_FOUND'
  /** Another test of this channel is running. */
  | 'TEST_UNDER_WAY'
  /** It was tested 10 times within the last minute. */
  | 'TOO_MANY_TESTS';

/** What a check found. Leave out what was not measured: the statement's `-`. */
export type TickInput = {
  /** The task's, byte for byte. */
  callbackId: Scalars['ID']['input'];
  /** When the presented certificate expires. */
  certificateExpiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Hash of the check statement made from the task's settings. */
  checkHash: Scalars['Hash']['input'];
  /** When the check began, by the validator's clock. */
  checkedAt: Scalars['DateTime']['input'];
  /** Microseconds of the TCP handshake. */
  connectUs?: InputMaybe<Scalars['Int']['input']>;
  /** A code of A-Z, 0-9 and _, at most 40: ECONNREFUSED. */
  detail?: InputMaybe<Scalars['String']['input']>;
  /** Microseconds of the name look-up in the last hop, like the next three. */
  dnsUs?: InputMaybe<Scalars['Int']['input']>;
  /** What went wrong first, in the order of the exchange. */
  failure?: InputMaybe<FailureClass>;
  /** Microseconds from sending the request to the first byte of the answer. */
  firstByteUs?: InputMaybe<Scalars['Int']['input']>;
  /** Status of the answer, 100 to 999. */
  httpStatus?: InputMaybe<Scalars['Int']['input']>;
  /** Microseconds of the whole check. */
  latencyUs?: InputMaybe<Scalars['Int']['input']>;
  /** The statement's leaf hash. Required in submitTicks, not used in submitTick. */
  leaf?: InputMaybe<Scalars['Hash']['input']>;
  /** Address of the last connected socket. */
  remoteAddress?: InputMaybe<Scalars['String']['input']>;
  /** Good has no failure and a latency; Bad has a failure. */
  status: WebsiteStatus;
  /** Microseconds of the TLS handshake. */
  tlsUs?: InputMaybe<Scalars['Int']['input']>;
};

/** Why an answer is refused. */
export type TickRejection =
  /** The signature is not that of this key over this statement: rebuild the statement from the fields you send, line by line, and sign it again. */
  | 'BAD_SIGNATURE'
  /** The hub's operator has banned this key: contact the operator. */
  | 'BANNED'
  /** Another answer to this callback ID is stored already: a task is answered once, and the first answer counts. */
  | 'CONFLICT'
  /** The answer is not well formed: fix the agent, sending it again does not help. */
  | 'INVALID'
  /** The task's deadline has passed: answer before deadlineAt, or lower the agent's concurrency. */
  | 'LATE'
  /** The callback ID was given to another validator: answer only your own tasks, with the key that got them. */
  | 'NOT_YOURS'
  /** Too many submissions: wait a moment and send this one again. */
  | 'RATE_LIMITED'
  /** The hub's database does not answer: nothing was recorded, send the same answer again in a few seconds. */
  | 'UNAVAILABLE'
  /** This hub gave out no such callback ID: send the one of the task, byte for byte. */
  | 'UNKNOWN_CALLBACK';

/** From one instant to another: `from` ≤ t < `to`. */
export type TimeSpanInput = {
  /** The first instant. */
  from: Scalars['DateTime']['input'];
  /** The instant that ends it, not included. */
  to: Scalars['DateTime']['input'];
};

/** A period that ends with the last closed round. All but LAST_HOUR begin on a quarter of an hour. */
export type TimeWindow =
  /** 7 days of 24 hours. */
  | 'LAST_7_DAYS'
  /** 24 hours. */
  | 'LAST_24_HOURS'
  /** 30 days of 24 hours. */
  | 'LAST_30_DAYS'
  /** 90 days of 24 hours. */
  | 'LAST_90_DAYS'
  /** 365 days of 24 hours. */
  | 'LAST_365_DAYS'
  /** 60 minutes. */
  | 'LAST_HOUR';

/** Why `trustClock` was refused. */
export type TrustClockRefusal =
  /** The clock is already trusted, and nothing is held back. */
  | 'NOTHING_HELD';

/** Changes to a maintenance window. Fields left out or null stay the same. */
export type UpdateMaintenanceWindowInput = {
  /** ID of the window. */
  id: Scalars['ID']['input'];
  /** What it is for: one line of 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** IANA name of its time zone, such as `Europe/Berlin`. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
  /** Its new times, of either kind. */
  times?: InputMaybe<MaintenanceTimesInput>;
};

/** Why `updateMaintenanceWindow` was refused. */
export type UpdateMaintenanceWindowRefusal =
  /** A one-off window would end before or when it begins. */
  | 'END_NOT_AFTER_START'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** A time has the wrong form; `field` names it. */
  | 'INVALID_TIMES'
  /** There is no weekday, one is not from 1 to 7, or one is repeated. */
  | 'INVALID_WEEKDAYS'
  /** The caller has no such maintenance window. */
  | 'NOT_FOUND'
  /** The window is over, or its new times are entirely in the past. */
  | 'OVER'
  /** A one-off window would last longer than 90 days. */
  | 'TOO_LONG'
  /** The hub knows no IANA time zone of this name. */
  | 'UNKNOWN_TIME_ZONE';

/** Changes to a webhook. Fields left out or null stay the same. */
export type UpdateWebhookInput = {
  /** Whether messages are sent. Turning it off abandons those that wait. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** ID of the webhook. */
  id: Scalars['ID']['input'];
};

/** Why `updateWebhook` was refused. */
export type UpdateWebhookRefusal =
  /** The host is on the operator's deny-list; the message says why. */
  | 'DENIED_HOST'
  /** The caller has no such webhook. */
  | 'NOT_FOUND';

/** Changes to a website. Fields left out or null stay the same. */
export type UpdateWebsiteInput = {
  /** Consecutive Bad verdicts that open an incident; 1 to 20. */
  badToOpen?: InputMaybe<Scalars['Int']['input']>;
  /** New check settings, as a new revision; those left out stay the same. */
  check?: InputMaybe<CheckInput>;
  /** Whether it is checked. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Checked in every n-th round only; 1 to 1440. */
  everyRounds?: InputMaybe<Scalars['Int']['input']>;
  /** Consecutive Good verdicts that end an incident; 1 to 20. */
  goodToClose?: InputMaybe<Scalars['Int']['input']>;
  /** ID of the website. */
  id: Scalars['ID']['input'];
  /** Fewest networks that must agree before a verdict is Good or Bad; a majority is needed in any case. 1 to 1000. */
  minimumVotes?: InputMaybe<Scalars['Int']['input']>;
  /** Display name: one line of 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Tags that replace the present ones. At most 20 tags of 1 to 50 characters, kept trimmed, in lower case and each once. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Why `updateWebsite` was refused. */
export type UpdateWebsiteRefusal =
  /** The host is on the operator's deny-list; the message gives the reason. */
  | 'DENIED_HOST'
  /** `badToOpen` is not from 1 to 20. */
  | 'INVALID_BAD_TO_OPEN'
  /** A setting of the check is wrong; `field` names it. */
  | 'INVALID_CHECK'
  /** `everyRounds` is not from 1 to 1440. */
  | 'INVALID_EVERY_ROUNDS'
  /** `goodToClose` is not from 1 to 20. */
  | 'INVALID_GOOD_TO_CLOSE'
  /** `minimumVotes` is not from 1 to 1000. */
  | 'INVALID_MINIMUM_VOTES'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** There are more than 20 tags, or one is blank, longer than 50 characters or not one line. */
  | 'INVALID_TAGS'
  /** The caller has no such website. */
  | 'NOT_FOUND';

/** Changes to many websites. Fields left out or null stay the same. */
export type UpdateWebsitesInput = {
  /** Tags to add, at most 20. */
  addTags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Whether they are checked. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** IDs of the websites, 1 to 100. */
  ids: Array<Scalars['ID']['input']>;
  /** Tags to remove where present. */
  removeTags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Why `updateWebsites` was refused. */
export type UpdateWebsitesRefusal =
  /** A tag in `addTags` is blank, longer than 50 characters or not one line, or there are more than 20. */
  | 'INVALID_TAGS'
  /** The list is empty or has more than 100. */
  | 'WRONG_NUMBER';

/** What a figure can be recomputed from. */
export type UptimeBasis =
  /** Some verdicts may be gone; their rollups are kept. */
  | 'ROLLUPS'
  /** All verdicts are still kept. */
  | 'VERDICTS';

/** Filters validators. */
export type ValidatorState =
  /** All of them. */
  | 'ALL'
  /** Those that are banned. */
  | 'BANNED'
  /** Those that are connected to this hub. */
  | 'CONNECTED'
  /** Those that are suspended. */
  | 'SUSPENDED';

/** How sure a verdict is. */
export type VerdictConfidence =
  /** More than half of several networks had to agree. */
  | 'QUORUM'
  /** Only one network was asked: its own line may be at fault. */
  | 'SINGLE';

/** The result of a round for a website. */
export type VerdictStatus =
  /** Enough networks found that it fails. */
  | 'Bad'
  /** Enough networks found that the website passes its check. */
  | 'Good'
  /** Too few networks agreed or answered. Never counts as down. */
  | 'Inconclusive';

/** The host to verify, and how. */
export type VerifyOwnershipInput = {
  /** Where the token is published. */
  method: OwnershipMethod;
  /** ID of a website at that host. */
  websiteId: Scalars['ID']['input'];
};

/** Why `verifyOwnership` was refused. */
export type VerifyOwnershipRefusal =
  /** The host is on the operator's deny-list; the message gives the reason. */
  | 'DENIED_HOST'
  /** The host leads to a private network. */
  | 'FORBIDDEN_TARGET'
  /** The caller has no such website. */
  | 'NOT_FOUND'
  /** The method is DNS and the website's host is an address, which has no TXT records. */
  | 'NO_DNS_NAME'
  /** Too many recent attempts, or one is in progress. */
  | 'RATE_LIMITED'
  /** The token was not found; the message says where the hub looked and what it found instead. */
  | 'TOKEN_NOT_FOUND'
  /** The host or its name server gave no answer; the message says why. */
  | 'UNREACHABLE';

/** Why a change of a website is reported. */
export type WebsiteChangeCause =
  /** It was registered. */
  | 'CREATED'
  /** It was there when the subscription began. */
  | 'CURRENT'
  /** It was deleted; this is how it last was. */
  | 'DELETED'
  /** A round that asked for it has ended. */
  | 'ROUND_ENDED'
  /** One of its settings or maintenance windows was changed. */
  | 'UPDATED';

/** The condition of a website in lists: exactly one of these. */
export type WebsiteCondition =
  /** Its status is Bad. */
  | 'BAD'
  /** Its owner turned it off. */
  | 'DISABLED'
  /** Its status is Good. */
  | 'GOOD'
  /** It is enabled and has no status. */
  | 'UNKNOWN';

/** Filters websites. A website must match every given condition. */
export type WebsiteFilterInput = {
  /** A website must be in one of these conditions; an empty list matches none. */
  conditions?: InputMaybe<Array<WebsiteCondition>>;
  /** Part of the name or of the URL, ignoring case; at most 200 characters. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** A website must have all of these tags, ignoring case; at most 20. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** How websites are sorted. */
export type WebsiteOrder =
  /** By the time they were added, oldest first. */
  | 'CREATED_AT'
  /** By name, ignoring case; websites of the same name, oldest first. */
  | 'NAME';

/** Whether a website passes its check. */
export type WebsiteStatus =
  /** It failed its check. */
  | 'Bad'
  /** It passed its check. */
  | 'Good';

/** Wall-clock times of a window that runs every week. */
export type WeeklyTimesInput = {
  /** When it ends, `HH:mm`; on the next day if that is not after `startTime`. */
  endTime: Scalars['String']['input'];
  /** When it begins, `HH:mm`. */
  startTime: Scalars['String']['input'];
  /** The days on which it begins, 1 for Monday to 7 for Sunday, each once. */
  weekdays: Array<Scalars['Int']['input']>;
};

export type AccountPageQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type AccountPageQuery = { viewer:
    | { kind: 'Operator' }
    | { id: string, email: string, hasPassword: boolean, createdAt: string, kind: 'User', apiTokens: Array<{ id: string, name: string, readOnly: boolean, createdAt: string, lastUsedAt: string | null }> }
    | { kind: 'Validator' }
   | null, auditLog: { edges: Array<{ node: { id: string, at: string, actor: ActorKind, action: string, subjectKind: string, subjectId: string | null, detail: string | null, tokenId: string | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { changePassword:
    | { message: string, kind: 'ChangePasswordRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'ChangePasswordSuccess', user: { id: string } }
   };

export type CreateApiTokenMutationVariables = Exact<{
  input: CreateApiTokenInput;
}>;


export type CreateApiTokenMutation = { createApiToken:
    | { message: string, kind: 'CreateApiTokenRefused', faults: Array<{ field: string | null, message: string }> }
    | { token: string, kind: 'CreateApiTokenSuccess', apiToken: { id: string, name: string } }
   };

export type RevokeApiTokenMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type RevokeApiTokenMutation = { revokeApiToken:
    | { message: string, kind: 'RevokeApiTokenRefused' }
    | { id: string, kind: 'RevokeApiTokenSuccess' }
   };

export type SightingsFragment = { leftOut: number, seen: Array<{ status: WebsiteStatus, failure: FailureClass | null, latencyUs: number | null, setAside: boolean, validator: { label: string | null, region: string | null, publicKey: string } }> };

export type IncidentsQueryVariables = Exact<{
  state: IncidentState;
  website?: InputMaybe<Scalars['ID']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type IncidentsQuery = { incidents: { edges: Array<{ node: { id: string, isOpen: boolean, startedAt: string, endedAt: string | null, end: IncidentEnd | null, durationS: number, failure: FailureClass | null, reopenedCount: number, acknowledgedAt: string | null, website: { id: string, name: string }, opening: { edges: Array<{ node:
              | { sightings: { leftOut: number, seen: Array<{ status: WebsiteStatus, setAside: boolean }> } | null }
              | Record<PropertyKey, never>
             }> } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } }, websites: { edges: Array<{ node: { id: string, name: string } }> } };

export type IncidentQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type IncidentQuery = { incident: { id: string, isOpen: boolean, startedAt: string, openedAt: string, endedAt: string | null, end: IncidentEnd | null, durationS: number, failure: FailureClass | null, reopenedCount: number, acknowledgedAt: string | null, website: { id: string, name: string, url: string }, timeline: { edges: Array<{ node:
          | { id: string, at: string, kind: 'IncidentAcknowledged' }
          | { end: IncidentEnd, roundAt: string | null, id: string, at: string, kind: 'IncidentClosed', sightings: { leftOut: number, seen: Array<{ status: WebsiteStatus, failure: FailureClass | null, latencyUs: number | null, setAside: boolean, validator: { label: string | null, region: string | null, publicKey: string } }> } | null }
          | { note: string, id: string, at: string, kind: 'IncidentNote' }
          | { roundAt: string | null, failure: FailureClass | null, id: string, at: string, kind: 'IncidentOpened', sightings: { leftOut: number, seen: Array<{ status: WebsiteStatus, failure: FailureClass | null, latencyUs: number | null, setAside: boolean, validator: { label: string | null, region: string | null, publicKey: string } }> } | null }
          | { roundAt: string | null, failure: FailureClass | null, id: string, at: string, kind: 'IncidentReopened', sightings: { leftOut: number, seen: Array<{ status: WebsiteStatus, failure: FailureClass | null, latencyUs: number | null, setAside: boolean, validator: { label: string | null, region: string | null, publicKey: string } }> } | null }
         }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } } | null };

export type IncidentChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type IncidentChangesSubscription = { incidentChanged: { cause: IncidentChangeCause, sequence: number, incident: { id: string, isOpen: boolean, website: { id: string } } } };

export type AcknowledgeIncidentMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type AcknowledgeIncidentMutation = { acknowledgeIncident:
    | { message: string, kind: 'AcknowledgeIncidentRefused' }
    | { kind: 'AcknowledgeIncidentSuccess', incident: { id: string } }
   };

export type AddIncidentNoteMutationVariables = Exact<{
  input: AddIncidentNoteInput;
}>;


export type AddIncidentNoteMutation = { addIncidentNote:
    | { message: string, kind: 'AddIncidentNoteRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'AddIncidentNoteSuccess', note: { id: string } }
   };

export type LogInMutationVariables = Exact<{
  input: LogInInput;
}>;


export type LogInMutation = { logIn:
    | { message: string, kind: 'LogInRefused' }
    | { token: string, kind: 'LogInSuccess' }
   };

export type RedeemLogInCodeMutationVariables = Exact<{
  input: RedeemLogInCodeInput;
}>;


export type RedeemLogInCodeMutation = { redeemLogInCode:
    | { reason: RedeemLogInCodeRefusal, kind: 'RedeemLogInCodeRefused' }
    | { token: string, kind: 'RedeemLogInCodeSuccess' }
   };

export type LogOutMutationVariables = Exact<{ [key: string]: never; }>;


export type LogOutMutation = { logOut:
    | { kind: 'LogOutRefused' }
    | { kind: 'LogOutSuccess' }
   };

export type ChannelHeadFragment = { url: string, previousSecretUntil: string | null, id: string, enabled: boolean, createdAt: string, kind: 'Webhook', website: { id: string, name: string } | null };

export type DeliveryAttemptFieldsFragment = { at: string, outcome: AttemptOutcome, httpStatus: number | null, durationMs: number, error: string | null, answer: string | null };

export type NotificationsPageQueryVariables = Exact<{ [key: string]: never; }>;


export type NotificationsPageQuery = { channels: { edges: Array<{ node: { url: string, previousSecretUntil: string | null, id: string, enabled: boolean, createdAt: string, kind: 'Webhook', deliveries: { edges: Array<{ node: { event: string, createdAt: string, deliveredAt: string | null, abandonedAt: string | null, nextAttemptAt: string | null } }> }, website: { id: string, name: string } | null } }> } };

export type ChannelPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type ChannelPageQuery = { channel: { url: string, previousSecretUntil: string | null, id: string, enabled: boolean, createdAt: string, kind: 'Webhook', deliveries: { edges: Array<{ node: { id: string, event: string, payload: string, createdAt: string, deliveredAt: string | null, abandonedAt: string | null, nextAttemptAt: string | null, attempts: Array<{ at: string, outcome: AttemptOutcome, httpStatus: number | null, durationMs: number, error: string | null, answer: string | null }> } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } }, website: { id: string, name: string } | null } | null };

export type WebsiteNamesQueryVariables = Exact<{
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type WebsiteNamesQuery = { websites: { edges: Array<{ node: { id: string, name: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type CreateWebhookMutation = { createWebhook:
    | { message: string, kind: 'CreateWebhookRefused', faults: Array<{ field: string | null, message: string }> }
    | { secret: string, kind: 'CreateWebhookSuccess', webhook: { id: string, url: string } }
   };

export type UpdateWebhookMutationVariables = Exact<{
  input: UpdateWebhookInput;
}>;


export type UpdateWebhookMutation = { updateWebhook:
    | { message: string, kind: 'UpdateWebhookRefused' }
    | { kind: 'UpdateWebhookSuccess', webhook: { id: string, enabled: boolean } }
   };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { rotateWebhookSecret:
    | { message: string, kind: 'RotateWebhookSecretRefused', faults: Array<{ field: string | null, message: string }> }
    | { secret: string, kind: 'RotateWebhookSecretSuccess', webhook: { id: string } }
   };

export type TestChannelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type TestChannelMutation = { testChannel:
    | { message: string, kind: 'TestChannelRefused' }
    | { kind: 'TestChannelSuccess', attempt: { at: string, outcome: AttemptOutcome, httpStatus: number | null, durationMs: number, error: string | null, answer: string | null } }
   };

export type DeleteChannelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DeleteChannelMutation = { deleteChannel:
    | { message: string, kind: 'DeleteChannelRefused' }
    | { kind: 'DeleteChannelSuccess', channel: { id: string } }
   };

export type ScheduleQueryVariables = Exact<{ [key: string]: never; }>;


export type ScheduleQuery = { now: string, schedule: { nextRoundAt: string | null, current: { roundAt: string, deadlineAt: string } | null } };

export type UpdateWebsiteMutationVariables = Exact<{
  input: UpdateWebsiteInput;
}>;


export type UpdateWebsiteMutation = { updateWebsite:
    | { message: string, kind: 'UpdateWebsiteRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'UpdateWebsiteSuccess', website: { id: string } }
   };

export type DeleteWebsiteMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DeleteWebsiteMutation = { deleteWebsite:
    | { message: string, kind: 'DeleteWebsiteRefused' }
    | { kind: 'DeleteWebsiteSuccess', website: { id: string } }
   };

export type VerifyOwnershipMutationVariables = Exact<{
  input: VerifyOwnershipInput;
}>;


export type VerifyOwnershipMutation = { verifyOwnership:
    | { message: string, kind: 'VerifyOwnershipRefused' }
    | { kind: 'VerifyOwnershipSuccess', website: { id: string } }
   };

export type CreateMaintenanceWindowMutationVariables = Exact<{
  input: CreateMaintenanceWindowInput;
}>;


export type CreateMaintenanceWindowMutation = { createMaintenanceWindow:
    | { message: string, kind: 'CreateMaintenanceWindowRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'CreateMaintenanceWindowSuccess', maintenanceWindow: { id: string } }
   };

export type UpdateMaintenanceWindowMutationVariables = Exact<{
  input: UpdateMaintenanceWindowInput;
}>;


export type UpdateMaintenanceWindowMutation = { updateMaintenanceWindow:
    | { message: string, kind: 'UpdateMaintenanceWindowRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'UpdateMaintenanceWindowSuccess', maintenanceWindow: { id: string } }
   };

export type DeleteMaintenanceWindowMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type DeleteMaintenanceWindowMutation = { deleteMaintenanceWindow:
    | { message: string, kind: 'DeleteMaintenanceWindowRefused' }
    | { kind: 'DeleteMaintenanceWindowSuccess', maintenanceWindow: { id: string } }
   };

export type RoundTickFragment = { id: string, roundAt: string, checkedAt: string, status: WebsiteStatus, failure: FailureClass | null, detail: string | null, httpStatus: number | null, latencyUs: number | null, dnsUs: number | null, connectUs: number | null, tlsUs: number | null, firstByteUs: number | null, remoteAddress: string | null, certificateExpiresAt: string | null, validator: { id: string, label: string | null, region: string | null, publicKey: string } };

export type WebsiteRoundQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type WebsiteRoundQuery = { website: { verdicts: { edges: Array<{ node: { agreed: number, disagreed: number, couldNotCheck: number, confidence: VerdictConfidence, checkRevision: number, rule: string, root: string | null, from: string, to: string, p95LatencyUs: number | null, roundAt: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, abstentions: Array<{ reason: AbstentionReason, count: number }>, failures: Array<{ failure: FailureClass, count: number }> } }> }, ticks: { edges: Array<{ node: { id: string, roundAt: string, checkedAt: string, status: WebsiteStatus, failure: FailureClass | null, detail: string | null, httpStatus: number | null, latencyUs: number | null, dnsUs: number | null, connectUs: number | null, tlsUs: number | null, firstByteUs: number | null, remoteAddress: string | null, certificateExpiresAt: string | null, validator: { id: string, label: string | null, region: string | null, publicKey: string } } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } } | null };

export type RoundValidatorsQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type RoundValidatorsQuery = { nodes: Array<
    | { id: string, label: string | null, region: string | null }
    | Record<PropertyKey, never>
   | null> };

export type TickProofsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  validator?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type TickProofsQuery = { website: { ticks: { edges: Array<{ node: { validator: { publicKey: string }, proof: { statement: string, leaf: string, leafIndex: number, leafCount: number, path: Array<string>, batchStatement: string | null, signature: string, publicKey: string } } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } } | null };

export type WebsiteHeadFragment = { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, everyRounds: number, badToOpen: number, deniedReason: string | null, hostBudget: { validators: number, turns: number } | null, openIncident: { id: string, startedAt: string, failure: FailureClass | null } | null, verdict: { roundAt: string, to: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, confidence: VerdictConfidence, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, failures: Array<{ failure: FailureClass, count: number }> } | null, badTicks: { edges: Array<{ node: { roundAt: string, failure: FailureClass | null, detail: string | null, httpStatus: number | null } }> } };

export type UptimeFiguresFragment = { method: string, basis: UptimeBasis, from: string, to: string, ratio: number | null, upMs: number, downMs: number, goodMs: number, badMs: number, inconclusiveMs: number, maintenanceMs: number, missingMs: number, disabledMs: number, latency: { count: number, p50Us: number, p95Us: number, p99Us: number } | null };

export type VerdictLineFragment = { roundAt: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, failures: Array<{ failure: FailureClass, count: number }> };

export type IncidentLineFragment = { id: string, isOpen: boolean, startedAt: string, endedAt: string | null, end: IncidentEnd | null, durationS: number, failure: FailureClass | null, reopenedCount: number, acknowledgedAt: string | null, timeline: { edges: Array<{ node:
        | { id: string, at: string, kind: 'IncidentAcknowledged' }
        | { id: string, at: string, kind: 'IncidentClosed' }
        | { note: string, id: string, at: string, kind: 'IncidentNote' }
        | { id: string, at: string, kind: 'IncidentOpened' }
        | { id: string, at: string, kind: 'IncidentReopened' }
       }> } };

export type WindowLineFragment = { id: string, name: string, kind: MaintenanceKind, timeZone: string, startsAt: string | null, endsAt: string | null, weekdays: Array<number>, startTime: string | null, endTime: string | null, running: boolean, nextStartsAt: string | null, nextEndsAt: string | null };

export type WebsiteSettingsFragment = { name: string, tags: Array<string>, everyRounds: number, minimumVotes: number, badToOpen: number, goodToClose: number, checkRevision: number, check: { method: HttpMethod, timeoutMs: number, statuses: string, redirects: number, keyword: string | null, keywordMust: KeywordRule | null, maxLatencyMs: number | null, certificateDays: number | null, ipVersion: IpVersion, body: string | null, headers: Array<{ name: string, value: string }> } };

export type WebsitePageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  timeZone: Scalars['String']['input'];
  method: AccountingMethod;
  range: TimeWindow;
  resolution: HistoryResolution;
  status?: InputMaybe<VerdictStatus>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
}>;


export type WebsitePageQuery = { website: { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, everyRounds: number, badToOpen: number, deniedReason: string | null, minimumVotes: number, goodToClose: number, checkRevision: number, ownership: { host: string, proven: boolean, withheld: boolean, failedAt: string | null, instructions: { dnsName: string | null, dnsValue: string | null, fileUrl: string, fileContent: string, metaUrl: string, metaTag: string } }, days: Array<{ from: string, to: string, ratio: number | null, goodMs: number | null, badMs: number | null, inconclusiveMs: number | null, maintenanceMs: number | null, medianLatencyUs: number | null, p95LatencyUs: number | null }>, latencies: Array<{ from: string, to: string, status: VerdictStatus | null, goodMs: number | null, medianLatencyUs: number | null, p95LatencyUs: number | null }>, day: { method: string, basis: UptimeBasis, from: string, to: string, ratio: number | null, upMs: number, downMs: number, goodMs: number, badMs: number, inconclusiveMs: number, maintenanceMs: number, missingMs: number, disabledMs: number, latency: { count: number, p50Us: number, p95Us: number, p99Us: number } | null }, month: { method: string, basis: UptimeBasis, from: string, to: string, ratio: number | null, upMs: number, downMs: number, goodMs: number, badMs: number, inconclusiveMs: number, maintenanceMs: number, missingMs: number, disabledMs: number, latency: { count: number, p50Us: number, p95Us: number, p99Us: number } | null }, quarter: { method: string, basis: UptimeBasis, from: string, to: string, ratio: number | null, upMs: number, downMs: number, goodMs: number, badMs: number, inconclusiveMs: number, maintenanceMs: number, missingMs: number, disabledMs: number, latency: { count: number, p50Us: number, p95Us: number, p99Us: number } | null }, verdicts: { edges: Array<{ node: { roundAt: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, failures: Array<{ failure: FailureClass, count: number }> } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasNextPage: boolean, hasPreviousPage: boolean } }, incidents: { edges: Array<{ node: { id: string, isOpen: boolean, startedAt: string, endedAt: string | null, end: IncidentEnd | null, durationS: number, failure: FailureClass | null, reopenedCount: number, acknowledgedAt: string | null, timeline: { edges: Array<{ node:
                | { id: string, at: string, kind: 'IncidentAcknowledged' }
                | { id: string, at: string, kind: 'IncidentClosed' }
                | { note: string, id: string, at: string, kind: 'IncidentNote' }
                | { id: string, at: string, kind: 'IncidentOpened' }
                | { id: string, at: string, kind: 'IncidentReopened' }
               }> } } }>, pageInfo: { hasNextPage: boolean } }, maintenanceWindows: Array<{ id: string, name: string, kind: MaintenanceKind, timeZone: string, startsAt: string | null, endsAt: string | null, weekdays: Array<number>, startTime: string | null, endTime: string | null, running: boolean, nextStartsAt: string | null, nextEndsAt: string | null }>, hostBudget: { validators: number, turns: number } | null, openIncident: { id: string, startedAt: string, failure: FailureClass | null } | null, verdict: { roundAt: string, to: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, confidence: VerdictConfidence, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, failures: Array<{ failure: FailureClass, count: number }> } | null, badTicks: { edges: Array<{ node: { roundAt: string, failure: FailureClass | null, detail: string | null, httpStatus: number | null } }> }, check: { method: HttpMethod, timeoutMs: number, statuses: string, redirects: number, keyword: string | null, keywordMust: KeywordRule | null, maxLatencyMs: number | null, certificateDays: number | null, ipVersion: IpVersion, body: string | null, headers: Array<{ name: string, value: string }> } } | null };

export type WebsiteHeadChangesSubscriptionVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type WebsiteHeadChangesSubscription = { websiteChanged: { cause: WebsiteChangeCause, sequence: string | null, website: { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, everyRounds: number, badToOpen: number, deniedReason: string | null, hostBudget: { validators: number, turns: number } | null, openIncident: { id: string, startedAt: string, failure: FailureClass | null } | null, verdict: { roundAt: string, to: string, status: VerdictStatus, inMaintenance: boolean, inconclusiveReason: InconclusiveReason | null, confidence: VerdictConfidence, asked: number, answered: number, networkCount: number, quorumBase: number, votesNeeded: number, goodVotes: number, badVotes: number, votesSetAside: number, medianLatencyUs: number | null, failures: Array<{ failure: FailureClass, count: number }> } | null, badTicks: { edges: Array<{ node: { roundAt: string, failure: FailureClass | null, detail: string | null, httpStatus: number | null } }> } } } };

export type WebsiteRowFragment = { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, openIncident: { id: string, startedAt: string } | null, verdict: { roundAt: string, status: VerdictStatus, inMaintenance: boolean, medianLatencyUs: number | null, goodVotes: number, badVotes: number, quorumBase: number } | null, recentVerdicts: Array<{ roundAt: string, status: VerdictStatus, inMaintenance: boolean }> };

export type WebsiteUptimesFragment = { day: { ratio: number | null }, month: { ratio: number | null }, quarter: { ratio: number | null } };

export type WebsiteWaitingFragment = { everyRounds: number, deniedReason: string | null, ownership: { withheld: boolean } };

export type WebsitesQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WebsiteFilterInput>;
  orderBy: WebsiteOrder;
}>;


export type WebsitesQuery = { websites: { totalCount: number, counts: { total: number, good: number, bad: number, unknown: number, disabled: number }, edges: Array<{ node: { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, everyRounds: number, deniedReason: string | null, openIncident: { id: string, startedAt: string } | null, verdict: { roundAt: string, status: VerdictStatus, inMaintenance: boolean, medianLatencyUs: number | null, goodVotes: number, badVotes: number, quorumBase: number } | null, recentVerdicts: Array<{ roundAt: string, status: VerdictStatus, inMaintenance: boolean }>, day: { ratio: number | null }, month: { ratio: number | null }, quarter: { ratio: number | null }, ownership: { withheld: boolean } } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };

export type WebsiteChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type WebsiteChangesSubscription = { websiteChanged: { cause: WebsiteChangeCause, sequence: string | null, website: { id: string, name: string, url: string, enabled: boolean, status: WebsiteStatus | null, inMaintenance: boolean, tags: Array<string>, createdAt: string, openIncident: { id: string, startedAt: string } | null, verdict: { roundAt: string, status: VerdictStatus, inMaintenance: boolean, medianLatencyUs: number | null, goodVotes: number, badVotes: number, quorumBase: number } | null, recentVerdicts: Array<{ roundAt: string, status: VerdictStatus, inMaintenance: boolean }> } } };

export type CreateWebsitesMutationVariables = Exact<{
  input: CreateWebsitesInput;
}>;


export type CreateWebsitesMutation = { createWebsites:
    | { message: string, kind: 'CreateWebsitesRefused', faults: Array<{ field: string | null, message: string }> }
    | { kind: 'CreateWebsitesSuccess', results: Array<
        | { message: string, kind: 'CreateWebsiteRefused' }
        | { kind: 'CreateWebsiteSuccess', website: { id: string } }
      > }
   };

export type UpdateWebsitesMutationVariables = Exact<{
  input: UpdateWebsitesInput;
}>;


export type UpdateWebsitesMutation = { updateWebsites:
    | { message: string, kind: 'UpdateWebsitesRefused' }
    | { updatedCount: number, kind: 'UpdateWebsitesSuccess' }
   };

export type DeleteWebsitesMutationVariables = Exact<{
  input: DeleteWebsitesInput;
}>;


export type DeleteWebsitesMutation = { deleteWebsites:
    | { message: string, kind: 'DeleteWebsitesRefused' }
    | { deletedCount: number, kind: 'DeleteWebsitesSuccess' }
   };

export type WebsiteTagsQueryVariables = Exact<{ [key: string]: never; }>;


export type WebsiteTagsQuery = { websiteTags: Array<{ name: string, websiteCount: number }> };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { viewer:
    | { kind: 'Operator' }
    | { email: string, kind: 'User' }
    | { kind: 'Validator' }
   | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const SightingsFragmentDoc = new TypedDocumentString(`
    fragment Sightings on IncidentSightings {
  leftOut
  seen {
    status
    failure
    latencyUs
    setAside
    validator {
      label
      region
      publicKey
    }
  }
}
    `, {"fragmentName":"Sightings"}) as unknown as TypedDocumentString<SightingsFragment, unknown>;
export const ChannelHeadFragmentDoc = new TypedDocumentString(`
    fragment ChannelHead on Channel {
  kind: __typename
  id
  enabled
  createdAt
  website {
    id
    name
  }
  ... on Webhook {
    url
    previousSecretUntil
  }
}
    `, {"fragmentName":"ChannelHead"}) as unknown as TypedDocumentString<ChannelHeadFragment, unknown>;
export const DeliveryAttemptFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeliveryAttemptFields on DeliveryAttempt {
  at
  outcome
  httpStatus
  durationMs
  error
  answer
}
    `, {"fragmentName":"DeliveryAttemptFields"}) as unknown as TypedDocumentString<DeliveryAttemptFieldsFragment, unknown>;
export const RoundTickFragmentDoc = new TypedDocumentString(`
    fragment RoundTick on WebsiteTick {
  id
  roundAt
  checkedAt
  status
  failure
  detail
  httpStatus
  latencyUs
  dnsUs
  connectUs
  tlsUs
  firstByteUs
  remoteAddress
  certificateExpiresAt
  validator {
    id
    label
    region
    publicKey
  }
}
    `, {"fragmentName":"RoundTick"}) as unknown as TypedDocumentString<RoundTickFragment, unknown>;
export const WebsiteHeadFragmentDoc = new TypedDocumentString(`
    fragment WebsiteHead on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  everyRounds
  badToOpen
  deniedReason
  hostBudget {
    validators
    turns
  }
  openIncident {
    id
    startedAt
    failure
  }
  verdict {
    roundAt
    to
    status
    inMaintenance
    inconclusiveReason
    confidence
    asked
    answered
    networkCount
    quorumBase
    votesNeeded
    goodVotes
    badVotes
    votesSetAside
    medianLatencyUs
    failures {
      failure
      count
    }
  }
  badTicks: ticks(first: 20, status: Bad) {
    edges {
      node {
        roundAt
        failure
        detail
        httpStatus
      }
    }
  }
}
    `, {"fragmentName":"WebsiteHead"}) as unknown as TypedDocumentString<WebsiteHeadFragment, unknown>;
export const UptimeFiguresFragmentDoc = new TypedDocumentString(`
    fragment UptimeFigures on Uptime {
  method
  basis
  from
  to
  ratio
  upMs
  downMs
  goodMs
  badMs
  inconclusiveMs
  maintenanceMs
  missingMs
  disabledMs
  latency {
    count
    p50Us
    p95Us
    p99Us
  }
}
    `, {"fragmentName":"UptimeFigures"}) as unknown as TypedDocumentString<UptimeFiguresFragment, unknown>;
export const VerdictLineFragmentDoc = new TypedDocumentString(`
    fragment VerdictLine on Verdict {
  roundAt
  status
  inMaintenance
  inconclusiveReason
  asked
  answered
  networkCount
  quorumBase
  votesNeeded
  goodVotes
  badVotes
  votesSetAside
  medianLatencyUs
  failures {
    failure
    count
  }
}
    `, {"fragmentName":"VerdictLine"}) as unknown as TypedDocumentString<VerdictLineFragment, unknown>;
export const IncidentLineFragmentDoc = new TypedDocumentString(`
    fragment IncidentLine on Incident {
  id
  isOpen
  startedAt
  endedAt
  end
  durationS
  failure
  reopenedCount
  acknowledgedAt
  timeline(last: 20) {
    edges {
      node {
        kind: __typename
        id
        at
        ... on IncidentNote {
          note
        }
      }
    }
  }
}
    `, {"fragmentName":"IncidentLine"}) as unknown as TypedDocumentString<IncidentLineFragment, unknown>;
export const WindowLineFragmentDoc = new TypedDocumentString(`
    fragment WindowLine on MaintenanceWindow {
  id
  name
  kind
  timeZone
  startsAt
  endsAt
  weekdays
  startTime
  endTime
  running
  nextStartsAt
  nextEndsAt
}
    `, {"fragmentName":"WindowLine"}) as unknown as TypedDocumentString<WindowLineFragment, unknown>;
export const WebsiteSettingsFragmentDoc = new TypedDocumentString(`
    fragment WebsiteSettings on Website {
  name
  tags
  everyRounds
  minimumVotes
  badToOpen
  goodToClose
  checkRevision
  check {
    method
    timeoutMs
    statuses
    redirects
    keyword
    keywordMust
    maxLatencyMs
    certificateDays
    ipVersion
    headers {
      name
      value
    }
    body
  }
}
    `, {"fragmentName":"WebsiteSettings"}) as unknown as TypedDocumentString<WebsiteSettingsFragment, unknown>;
export const WebsiteRowFragmentDoc = new TypedDocumentString(`
    fragment WebsiteRow on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  openIncident {
    id
    startedAt
  }
  verdict {
    roundAt
    status
    inMaintenance
    medianLatencyUs
    goodVotes
    badVotes
    quorumBase
  }
  recentVerdicts(last: 45) {
    roundAt
    status
    inMaintenance
  }
}
    `, {"fragmentName":"WebsiteRow"}) as unknown as TypedDocumentString<WebsiteRowFragment, unknown>;
export const WebsiteUptimesFragmentDoc = new TypedDocumentString(`
    fragment WebsiteUptimes on Website {
  day: uptime(over: {window: LAST_24_HOURS}) {
    ratio
  }
  month: uptime(over: {window: LAST_30_DAYS}) {
    ratio
  }
  quarter: uptime(over: {window: LAST_90_DAYS}) {
    ratio
  }
}
    `, {"fragmentName":"WebsiteUptimes"}) as unknown as TypedDocumentString<WebsiteUptimesFragment, unknown>;
export const WebsiteWaitingFragmentDoc = new TypedDocumentString(`
    fragment WebsiteWaiting on Website {
  everyRounds
  deniedReason
  ownership {
    withheld
  }
}
    `, {"fragmentName":"WebsiteWaiting"}) as unknown as TypedDocumentString<WebsiteWaitingFragment, unknown>;
export const AccountPageDocument = new TypedDocumentString(`
    query AccountPage($first: Int, $after: String, $last: Int, $before: String) {
  viewer {
    kind: __typename
    ... on User {
      id
      email
      hasPassword
      createdAt
      apiTokens {
        id
        name
        readOnly
        createdAt
        lastUsedAt
      }
    }
  }
  auditLog(first: $first, after: $after, last: $last, before: $before) {
    edges {
      node {
        id
        at
        actor
        action
        subjectKind
        subjectId
        detail
        tokenId
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<AccountPageQuery, AccountPageQueryVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    kind: __typename
    ... on ChangePasswordSuccess {
      user {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const CreateApiTokenDocument = new TypedDocumentString(`
    mutation CreateApiToken($input: CreateApiTokenInput!) {
  createApiToken(input: $input) {
    kind: __typename
    ... on CreateApiTokenSuccess {
      token
      apiToken {
        id
        name
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateApiTokenMutation, CreateApiTokenMutationVariables>;
export const RevokeApiTokenDocument = new TypedDocumentString(`
    mutation RevokeApiToken($id: ID!) {
  revokeApiToken(id: $id) {
    kind: __typename
    ... on RevokeApiTokenSuccess {
      id
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeApiTokenMutation, RevokeApiTokenMutationVariables>;
export const IncidentsDocument = new TypedDocumentString(`
    query Incidents($state: IncidentState!, $website: ID, $from: DateTime, $to: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
  incidents(
    state: $state
    websiteId: $website
    from: $from
    to: $to
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    edges {
      node {
        id
        isOpen
        startedAt
        endedAt
        end
        durationS
        failure
        reopenedCount
        acknowledgedAt
        website {
          id
          name
        }
        opening: timeline(first: 1) {
          edges {
            node {
              ... on IncidentOpened {
                sightings {
                  leftOut
                  seen {
                    status
                    setAside
                  }
                }
              }
            }
          }
        }
      }
    }
    pageInfo {
      startCursor
      endCursor
      hasNextPage
      hasPreviousPage
    }
  }
  websites(first: 100, orderBy: NAME) {
    edges {
      node {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IncidentsQuery, IncidentsQueryVariables>;
export const IncidentDocument = new TypedDocumentString(`
    query Incident($id: ID!, $after: String) {
  incident(id: $id) {
    id
    isOpen
    startedAt
    openedAt
    endedAt
    end
    durationS
    failure
    reopenedCount
    acknowledgedAt
    website {
      id
      name
      url
    }
    timeline(first: 15, after: $after) {
      edges {
        node {
          kind: __typename
          id
          at
          ... on IncidentOpened {
            roundAt
            failure
            sightings {
              ...Sightings
            }
          }
          ... on IncidentReopened {
            roundAt
            failure
            sightings {
              ...Sightings
            }
          }
          ... on IncidentClosed {
            end
            roundAt
            sightings {
              ...Sightings
            }
          }
          ... on IncidentNote {
            note
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    fragment Sightings on IncidentSightings {
  leftOut
  seen {
    status
    failure
    latencyUs
    setAside
    validator {
      label
      region
      publicKey
    }
  }
}`) as unknown as TypedDocumentString<IncidentQuery, IncidentQueryVariables>;
export const IncidentChangesDocument = new TypedDocumentString(`
    subscription IncidentChanges {
  incidentChanged {
    cause
    sequence
    incident {
      id
      isOpen
      website {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IncidentChangesSubscription, IncidentChangesSubscriptionVariables>;
export const AcknowledgeIncidentDocument = new TypedDocumentString(`
    mutation AcknowledgeIncident($id: ID!) {
  acknowledgeIncident(id: $id) {
    kind: __typename
    ... on AcknowledgeIncidentSuccess {
      incident {
        id
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AcknowledgeIncidentMutation, AcknowledgeIncidentMutationVariables>;
export const AddIncidentNoteDocument = new TypedDocumentString(`
    mutation AddIncidentNote($input: AddIncidentNoteInput!) {
  addIncidentNote(input: $input) {
    kind: __typename
    ... on AddIncidentNoteSuccess {
      note {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AddIncidentNoteMutation, AddIncidentNoteMutationVariables>;
export const LogInDocument = new TypedDocumentString(`
    mutation LogIn($input: LogInInput!) {
  logIn(input: $input) {
    kind: __typename
    ... on LogInSuccess {
      token
    }
    ... on LogInRefused {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<LogInMutation, LogInMutationVariables>;
export const RedeemLogInCodeDocument = new TypedDocumentString(`
    mutation RedeemLogInCode($input: RedeemLogInCodeInput!) {
  redeemLogInCode(input: $input) {
    kind: __typename
    ... on RedeemLogInCodeSuccess {
      token
    }
    ... on RedeemLogInCodeRefused {
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<RedeemLogInCodeMutation, RedeemLogInCodeMutationVariables>;
export const LogOutDocument = new TypedDocumentString(`
    mutation LogOut {
  logOut {
    kind: __typename
  }
}
    `) as unknown as TypedDocumentString<LogOutMutation, LogOutMutationVariables>;
export const NotificationsPageDocument = new TypedDocumentString(`
    query NotificationsPage {
  channels(first: 20) {
    edges {
      node {
        ...ChannelHead
        deliveries(first: 1) {
          edges {
            node {
              event
              createdAt
              deliveredAt
              abandonedAt
              nextAttemptAt
            }
          }
        }
      }
    }
  }
}
    fragment ChannelHead on Channel {
  kind: __typename
  id
  enabled
  createdAt
  website {
    id
    name
  }
  ... on Webhook {
    url
    previousSecretUntil
  }
}`) as unknown as TypedDocumentString<NotificationsPageQuery, NotificationsPageQueryVariables>;
export const ChannelPageDocument = new TypedDocumentString(`
    query ChannelPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  channel(id: $id) {
    ...ChannelHead
    deliveries(first: $first, after: $after, last: $last, before: $before) {
      edges {
        node {
          id
          event
          payload
          createdAt
          deliveredAt
          abandonedAt
          nextAttemptAt
          attempts {
            ...DeliveryAttemptFields
          }
        }
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
}
    fragment ChannelHead on Channel {
  kind: __typename
  id
  enabled
  createdAt
  website {
    id
    name
  }
  ... on Webhook {
    url
    previousSecretUntil
  }
}
fragment DeliveryAttemptFields on DeliveryAttempt {
  at
  outcome
  httpStatus
  durationMs
  error
  answer
}`) as unknown as TypedDocumentString<ChannelPageQuery, ChannelPageQueryVariables>;
export const WebsiteNamesDocument = new TypedDocumentString(`
    query WebsiteNames($after: String) {
  websites(first: 100, after: $after, orderBy: NAME) {
    edges {
      node {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<WebsiteNamesQuery, WebsiteNamesQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($input: CreateWebhookInput!) {
  createWebhook(input: $input) {
    kind: __typename
    ... on CreateWebhookSuccess {
      secret
      webhook {
        id
        url
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const UpdateWebhookDocument = new TypedDocumentString(`
    mutation UpdateWebhook($input: UpdateWebhookInput!) {
  updateWebhook(input: $input) {
    kind: __typename
    ... on UpdateWebhookSuccess {
      webhook {
        id
        enabled
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateWebhookMutation, UpdateWebhookMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    kind: __typename
    ... on RotateWebhookSecretSuccess {
      secret
      webhook {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const TestChannelDocument = new TypedDocumentString(`
    mutation TestChannel($id: ID!) {
  testChannel(id: $id) {
    kind: __typename
    ... on TestChannelSuccess {
      attempt {
        ...DeliveryAttemptFields
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    fragment DeliveryAttemptFields on DeliveryAttempt {
  at
  outcome
  httpStatus
  durationMs
  error
  answer
}`) as unknown as TypedDocumentString<TestChannelMutation, TestChannelMutationVariables>;
export const DeleteChannelDocument = new TypedDocumentString(`
    mutation DeleteChannel($id: ID!) {
  deleteChannel(id: $id) {
    kind: __typename
    ... on DeleteChannelSuccess {
      channel {
        id
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteChannelMutation, DeleteChannelMutationVariables>;
export const ScheduleDocument = new TypedDocumentString(`
    query Schedule {
  now
  schedule {
    nextRoundAt
    current {
      roundAt
      deadlineAt
    }
  }
}
    `) as unknown as TypedDocumentString<ScheduleQuery, ScheduleQueryVariables>;
export const UpdateWebsiteDocument = new TypedDocumentString(`
    mutation UpdateWebsite($input: UpdateWebsiteInput!) {
  updateWebsite(input: $input) {
    kind: __typename
    ... on UpdateWebsiteSuccess {
      website {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateWebsiteMutation, UpdateWebsiteMutationVariables>;
export const DeleteWebsiteDocument = new TypedDocumentString(`
    mutation DeleteWebsite($id: ID!) {
  deleteWebsite(id: $id) {
    kind: __typename
    ... on DeleteWebsiteSuccess {
      website {
        id
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebsiteMutation, DeleteWebsiteMutationVariables>;
export const VerifyOwnershipDocument = new TypedDocumentString(`
    mutation VerifyOwnership($input: VerifyOwnershipInput!) {
  verifyOwnership(input: $input) {
    kind: __typename
    ... on VerifyOwnershipSuccess {
      website {
        id
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VerifyOwnershipMutation, VerifyOwnershipMutationVariables>;
export const CreateMaintenanceWindowDocument = new TypedDocumentString(`
    mutation CreateMaintenanceWindow($input: CreateMaintenanceWindowInput!) {
  createMaintenanceWindow(input: $input) {
    kind: __typename
    ... on CreateMaintenanceWindowSuccess {
      maintenanceWindow {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateMaintenanceWindowMutation, CreateMaintenanceWindowMutationVariables>;
export const UpdateMaintenanceWindowDocument = new TypedDocumentString(`
    mutation UpdateMaintenanceWindow($input: UpdateMaintenanceWindowInput!) {
  updateMaintenanceWindow(input: $input) {
    kind: __typename
    ... on UpdateMaintenanceWindowSuccess {
      maintenanceWindow {
        id
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateMaintenanceWindowMutation, UpdateMaintenanceWindowMutationVariables>;
export const DeleteMaintenanceWindowDocument = new TypedDocumentString(`
    mutation DeleteMaintenanceWindow($id: ID!) {
  deleteMaintenanceWindow(id: $id) {
    kind: __typename
    ... on DeleteMaintenanceWindowSuccess {
      maintenanceWindow {
        id
      }
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteMaintenanceWindowMutation, DeleteMaintenanceWindowMutationVariables>;
export const WebsiteRoundDocument = new TypedDocumentString(`
    query WebsiteRound($id: ID!, $from: DateTime!, $to: DateTime!, $after: String) {
  website(id: $id) {
    verdicts(first: 1, from: $from, to: $to) {
      edges {
        node {
          ...VerdictLine
          agreed
          disagreed
          couldNotCheck
          abstentions {
            reason
            count
          }
          confidence
          checkRevision
          rule
          root
          from
          to
          p95LatencyUs
        }
      }
    }
    ticks(first: 100, from: $from, to: $to, after: $after) {
      edges {
        node {
          ...RoundTick
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    fragment RoundTick on WebsiteTick {
  id
  roundAt
  checkedAt
  status
  failure
  detail
  httpStatus
  latencyUs
  dnsUs
  connectUs
  tlsUs
  firstByteUs
  remoteAddress
  certificateExpiresAt
  validator {
    id
    label
    region
    publicKey
  }
}
fragment VerdictLine on Verdict {
  roundAt
  status
  inMaintenance
  inconclusiveReason
  asked
  answered
  networkCount
  quorumBase
  votesNeeded
  goodVotes
  badVotes
  votesSetAside
  medianLatencyUs
  failures {
    failure
    count
  }
}`) as unknown as TypedDocumentString<WebsiteRoundQuery, WebsiteRoundQueryVariables>;
export const RoundValidatorsDocument = new TypedDocumentString(`
    query RoundValidators($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Validator {
      id
      label
      region
    }
  }
}
    `) as unknown as TypedDocumentString<RoundValidatorsQuery, RoundValidatorsQueryVariables>;
export const TickProofsDocument = new TypedDocumentString(`
    query TickProofs($id: ID!, $from: DateTime!, $to: DateTime!, $validator: ID, $after: String) {
  website(id: $id) {
    ticks(first: 100, from: $from, to: $to, validator: $validator, after: $after) {
      edges {
        node {
          validator {
            publicKey
          }
          proof {
            statement
            leaf
            leafIndex
            leafCount
            path
            batchStatement
            signature
            publicKey
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
}
    `) as unknown as TypedDocumentString<TickProofsQuery, TickProofsQueryVariables>;
export const WebsitePageDocument = new TypedDocumentString(`
    query WebsitePage($id: ID!, $timeZone: String!, $method: AccountingMethod!, $range: TimeWindow!, $resolution: HistoryResolution!, $status: VerdictStatus, $from: DateTime, $to: DateTime, $first: Int, $after: String, $last: Int, $before: String) {
  website(id: $id) {
    ...WebsiteHead
    ...WebsiteSettings
    ownership {
      host
      proven
      withheld
      failedAt
      instructions {
        dnsName
        dnsValue
        fileUrl
        fileContent
        metaUrl
        metaTag
      }
    }
    days: history(
      over: {window: LAST_90_DAYS}
      resolution: DAY
      timeZone: $timeZone
    ) {
      from
      to
      ratio
      goodMs
      badMs
      inconclusiveMs
      maintenanceMs
      medianLatencyUs
      p95LatencyUs
    }
    latencies: history(over: {window: $range}, resolution: $resolution) {
      from
      to
      status
      goodMs
      medianLatencyUs
      p95LatencyUs
    }
    day: uptime(over: {window: LAST_24_HOURS}, method: $method) {
      ...UptimeFigures
    }
    month: uptime(over: {window: LAST_30_DAYS}, method: $method) {
      ...UptimeFigures
    }
    quarter: uptime(over: {window: LAST_90_DAYS}, method: $method) {
      ...UptimeFigures
    }
    verdicts(
      status: $status
      from: $from
      to: $to
      first: $first
      after: $after
      last: $last
      before: $before
    ) {
      edges {
        node {
          ...VerdictLine
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
    incidents(first: 20) {
      edges {
        node {
          ...IncidentLine
        }
      }
      pageInfo {
        hasNextPage
      }
    }
    maintenanceWindows {
      ...WindowLine
    }
  }
}
    fragment WebsiteHead on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  everyRounds
  badToOpen
  deniedReason
  hostBudget {
    validators
    turns
  }
  openIncident {
    id
    startedAt
    failure
  }
  verdict {
    roundAt
    to
    status
    inMaintenance
    inconclusiveReason
    confidence
    asked
    answered
    networkCount
    quorumBase
    votesNeeded
    goodVotes
    badVotes
    votesSetAside
    medianLatencyUs
    failures {
      failure
      count
    }
  }
  badTicks: ticks(first: 20, status: Bad) {
    edges {
      node {
        roundAt
        failure
        detail
        httpStatus
      }
    }
  }
}
fragment UptimeFigures on Uptime {
  method
  basis
  from
  to
  ratio
  upMs
  downMs
  goodMs
  badMs
  inconclusiveMs
  maintenanceMs
  missingMs
  disabledMs
  latency {
    count
    p50Us
    p95Us
    p99Us
  }
}
fragment VerdictLine on Verdict {
  roundAt
  status
  inMaintenance
  inconclusiveReason
  asked
  answered
  networkCount
  quorumBase
  votesNeeded
  goodVotes
  badVotes
  votesSetAside
  medianLatencyUs
  failures {
    failure
    count
  }
}
fragment IncidentLine on Incident {
  id
  isOpen
  startedAt
  endedAt
  end
  durationS
  failure
  reopenedCount
  acknowledgedAt
  timeline(last: 20) {
    edges {
      node {
        kind: __typename
        id
        at
        ... on IncidentNote {
          note
        }
      }
    }
  }
}
fragment WindowLine on MaintenanceWindow {
  id
  name
  kind
  timeZone
  startsAt
  endsAt
  weekdays
  startTime
  endTime
  running
  nextStartsAt
  nextEndsAt
}
fragment WebsiteSettings on Website {
  name
  tags
  everyRounds
  minimumVotes
  badToOpen
  goodToClose
  checkRevision
  check {
    method
    timeoutMs
    statuses
    redirects
    keyword
    keywordMust
    maxLatencyMs
    certificateDays
    ipVersion
    headers {
      name
      value
    }
    body
  }
}`) as unknown as TypedDocumentString<WebsitePageQuery, WebsitePageQueryVariables>;
export const WebsiteHeadChangesDocument = new TypedDocumentString(`
    subscription WebsiteHeadChanges($ids: [ID!]!) {
  websiteChanged(ids: $ids) {
    cause
    sequence
    website {
      ...WebsiteHead
    }
  }
}
    fragment WebsiteHead on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  everyRounds
  badToOpen
  deniedReason
  hostBudget {
    validators
    turns
  }
  openIncident {
    id
    startedAt
    failure
  }
  verdict {
    roundAt
    to
    status
    inMaintenance
    inconclusiveReason
    confidence
    asked
    answered
    networkCount
    quorumBase
    votesNeeded
    goodVotes
    badVotes
    votesSetAside
    medianLatencyUs
    failures {
      failure
      count
    }
  }
  badTicks: ticks(first: 20, status: Bad) {
    edges {
      node {
        roundAt
        failure
        detail
        httpStatus
      }
    }
  }
}`) as unknown as TypedDocumentString<WebsiteHeadChangesSubscription, WebsiteHeadChangesSubscriptionVariables>;
export const WebsitesDocument = new TypedDocumentString(`
    query Websites($first: Int!, $after: String, $filter: WebsiteFilterInput, $orderBy: WebsiteOrder!) {
  websites(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount
    counts {
      total
      good
      bad
      unknown
      disabled
    }
    edges {
      node {
        ...WebsiteRow
        ...WebsiteUptimes
        ...WebsiteWaiting
      }
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
}
    fragment WebsiteRow on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  openIncident {
    id
    startedAt
  }
  verdict {
    roundAt
    status
    inMaintenance
    medianLatencyUs
    goodVotes
    badVotes
    quorumBase
  }
  recentVerdicts(last: 45) {
    roundAt
    status
    inMaintenance
  }
}
fragment WebsiteUptimes on Website {
  day: uptime(over: {window: LAST_24_HOURS}) {
    ratio
  }
  month: uptime(over: {window: LAST_30_DAYS}) {
    ratio
  }
  quarter: uptime(over: {window: LAST_90_DAYS}) {
    ratio
  }
}
fragment WebsiteWaiting on Website {
  everyRounds
  deniedReason
  ownership {
    withheld
  }
}`) as unknown as TypedDocumentString<WebsitesQuery, WebsitesQueryVariables>;
export const WebsiteChangesDocument = new TypedDocumentString(`
    subscription WebsiteChanges {
  websiteChanged {
    cause
    sequence
    website {
      ...WebsiteRow
    }
  }
}
    fragment WebsiteRow on Website {
  id
  name
  url
  enabled
  status
  inMaintenance
  tags
  createdAt
  openIncident {
    id
    startedAt
  }
  verdict {
    roundAt
    status
    inMaintenance
    medianLatencyUs
    goodVotes
    badVotes
    quorumBase
  }
  recentVerdicts(last: 45) {
    roundAt
    status
    inMaintenance
  }
}`) as unknown as TypedDocumentString<WebsiteChangesSubscription, WebsiteChangesSubscriptionVariables>;
export const CreateWebsitesDocument = new TypedDocumentString(`
    mutation CreateWebsites($input: CreateWebsitesInput!) {
  createWebsites(input: $input) {
    kind: __typename
    ... on CreateWebsitesSuccess {
      results {
        kind: __typename
        ... on CreateWebsiteSuccess {
          website {
            id
          }
        }
        ... on InputProblem {
          message
        }
      }
    }
    ... on InputProblem {
      message
      faults {
        field
        message
      }
    }
  }
}
    `) as unknown as TypedDocumentString<CreateWebsitesMutation, CreateWebsitesMutationVariables>;
export const UpdateWebsitesDocument = new TypedDocumentString(`
    mutation UpdateWebsites($input: UpdateWebsitesInput!) {
  updateWebsites(input: $input) {
    kind: __typename
    ... on UpdateWebsitesSuccess {
      updatedCount
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateWebsitesMutation, UpdateWebsitesMutationVariables>;
export const DeleteWebsitesDocument = new TypedDocumentString(`
    mutation DeleteWebsites($input: DeleteWebsitesInput!) {
  deleteWebsites(input: $input) {
    kind: __typename
    ... on DeleteWebsitesSuccess {
      deletedCount
    }
    ... on InputProblem {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteWebsitesMutation, DeleteWebsitesMutationVariables>;
export const WebsiteTagsDocument = new TypedDocumentString(`
    query WebsiteTags {
  websiteTags {
    name
    websiteCount
  }
}
    `) as unknown as TypedDocumentString<WebsiteTagsQuery, WebsiteTagsQueryVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  viewer {
    kind: __typename
    ... on User {
      email
    }
  }
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;