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
  /** An instant in UTC, always spelt `YYYY-MM-DDTHH:mm:ss.sssZ`. Any other spelling is refused, never normalised. */
  DateTime: { input: string; output: string; }
  /** A SHA-256 hash in lower-case hex. */
  Hash: { input: string; output: string; }
  /** An Ed25519 public key: base58 (Bitcoin alphabet) of the 32 raw bytes, which is a Solana address. */
  PublicKey: { input: string; output: string; }
  /** An Ed25519 signature: padded base64 (RFC 4648 §4) of the 64 raw bytes. */
  Signature: { input: string; output: string; }
};

/** Why `changePassword` was refused. */
export type ChangePasswordRefusal =
  /** The hub is busy with other passwords; try again in some seconds. */
  | 'RATE_LIMITED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD'
  /** The current password is missing or wrong. */
  | 'WRONG_PASSWORD';

/** Settings of a check. What is left out stays as it is, and has its default on a new website; null goes back to the default. */
export type CheckInput = {
  /** Body of a POST request; at most 64 KiB. Default: none. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** Whole days that the certificate must still last, 0 to 3650. Default: no limit. */
  certificateDays?: InputMaybe<Scalars['Int']['input']>;
  /** Headers of the request. Every validator sees them, secrets in them too. Default: none. */
  headers?: InputMaybe<Array<HttpHeaderInput>>;
  /** The IP version to connect over. Default: ANY. */
  ipVersion?: InputMaybe<IpVersion>;
  /** Text that is searched in the first MiB of the body; at most 256 bytes. Default: none. */
  keyword?: InputMaybe<Scalars['String']['input']>;
  /** Whether the keyword has to be there or must not be; given exactly when there is a keyword. Default: none. */
  keywordMust?: InputMaybe<KeywordRule>;
  /** Milliseconds that a good answer takes at most; 1 to 60000. Default: no limit. */
  maxLatencyMs?: InputMaybe<Scalars['Int']['input']>;
  /** Method of the request. Default: GET. */
  method?: InputMaybe<HttpMethod>;
  /** Redirects that are followed, 0 to 10; with 0 a redirect is the answer itself. Default: 5. */
  redirects?: InputMaybe<Scalars['Int']['input']>;
  /** Statuses of a good answer: codes and ranges, rising and without overlap, joined by commas without blanks, such as `200-299,401`. Default: `200-299`. */
  statuses?: InputMaybe<Scalars['String']['input']>;
  /** Milliseconds for everything, redirects and body included; 1 to 60000. Default: 10000. */
  timeoutMs?: InputMaybe<Scalars['Int']['input']>;
};

/** Why `createApiToken` was refused. */
export type CreateApiTokenRefusal =
  /** The name is blank, longer than 100 characters or not one line. */
  | 'INVALID_NAME'
  /** The owner has 100 API tokens that work. */
  | 'TOO_MANY_TOKENS';

/** Why `createOwner` was refused. */
export type CreateOwnerRefusal =
  /** There is an owner with this email address. */
  | 'EMAIL_TAKEN'
  /** The email address is not of the usual form. */
  | 'INVALID_EMAIL'
  /** The hub is busy with other passwords; try again in some seconds. */
  | 'RATE_LIMITED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD';

/** Whose challenge to make. */
export type CreateSignupChallengeInput = {
  /** The key that will sign up. */
  publicKey: Scalars['PublicKey']['input'];
};

/** A website to watch. */
export type CreateWebsiteInput = {
  /** How it is checked, where not by default. */
  check?: InputMaybe<CheckInput>;
  /** Whether it is checked. */
  enabled?: Scalars['Boolean']['input'];
  /** Checked in every n-th round only; 1 to 1440. */
  everyRounds?: Scalars['Int']['input'];
  /** What its owner calls it: one line of 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** What is asked for. It never changes: another URL is another website. */
  url: Scalars['String']['input'];
};

/** Why `createWebsite` was refused. */
export type CreateWebsiteRefusal =
  /** The URL leads into a private network. */
  | 'FORBIDDEN_TARGET'
  /** A setting of the check is wrong; the message names it. */
  | 'INVALID_CHECK'
  /** `everyRounds` is not from 1 to 1440. */
  | 'INVALID_EVERY_ROUNDS'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** The URL is not http or https, too long, or has a user name, password or fragment. */
  | 'INVALID_URL';

/** Why `deleteWebsite` was refused. */
export type DeleteWebsiteRefusal =
  /** The caller has no such website. */
  | 'NOT_FOUND';

/** Why a check ended Bad; the first that happens in the order of the exchange counts. */
export type FailureClass =
  /** The keyword or the limit on latency was not met. */
  | 'ASSERTION'
  /** Refused, reset or unreachable before an answer. */
  | 'CONNECT'
  /** The name was not resolved. */
  | 'DNS'
  /** What came back is not HTTP or was cut in the middle. */
  | 'PROTOCOL'
  /** Too many redirects, a loop or a forbidden one. */
  | 'REDIRECT'
  /** The HTTP status is none of those that the check accepts. */
  | 'STATUS'
  /** The time for the whole check ran out. */
  | 'TIMEOUT'
  /** The handshake failed, or the certificate is not as it must be or ends too soon. */
  | 'TLS';

/** A header of the request. */
export type HttpHeaderInput = {
  /** Its name, once in whatever case. Those that the connection needs are refused. */
  name: Scalars['String']['input'];
  /** Its value: printable ASCII, at most 1024 characters. */
  value: Scalars['String']['input'];
};

/** Method of a request. */
export type HttpMethod =
  /** Asks for the page. */
  | 'GET'
  /** Asks for the headers alone. */
  | 'HEAD'
  /** Sends a body. */
  | 'POST';

/** Version of the Internet Protocol. */
export type IpVersion =
  /** Whichever the validator has. */
  | 'ANY'
  /** IPv4 only. */
  | 'V4'
  /** IPv6 only. */
  | 'V6';

/** What a keyword is to be. */
export type KeywordRule =
  /** The body must not contain it. */
  | 'ABSENT'
  /** The body has to contain it. */
  | 'PRESENT';

/** Why `logIn` was refused. */
export type LogInRefusal =
  /** The hub is busy with other passwords; try again in some seconds. */
  | 'RATE_LIMITED'
  /** No owner has this email address and this password; which of them is wrong is not told. */
  | 'WRONG_CREDENTIALS';

/** Why `logOut` was refused. */
export type LogOutRefusal =
  /** The caller came with an API token, or the session has ended already. */
  | 'NO_SESSION';

/** Why `register` was refused. */
export type RegisterRefusal =
  /** There is an owner with this email address. */
  | 'EMAIL_TAKEN'
  /** The email address is not of the usual form. */
  | 'INVALID_EMAIL'
  /** The hub is busy with other passwords; try again in some seconds. */
  | 'RATE_LIMITED'
  /** The operator makes owners; strangers cannot register here. */
  | 'REGISTRATION_CLOSED'
  /** The password has fewer than 10 characters or more than 256. */
  | 'WEAK_PASSWORD';

/** Why `revokeApiToken` was refused. */
export type RevokeApiTokenRefusal =
  /** The caller has no such API token. */
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
  /** The public key is not a sound Ed25519 key in its one base58 spelling: send the 32 bytes of your key, encoded as a Solana address. */
  | 'BAD_KEY'
  /** The signature is not that of this key over this signup statement: rebuild the statement from the fields you send, line by line, and sign it again. */
  | 'BAD_SIGNATURE'
  /** The hub's operator has banned this key: speak to the operator, signing up again does not help. */
  | 'BANNED'
  /** The challenge is older than 60 s: ask for a new one with createSignupChallenge and sign it at once. */
  | 'EXPIRED_CHALLENGE'
  /** The agent speaks an older protocol than this hub (1): upgrade the agent. */
  | 'PROTOCOL_TOO_OLD'
  /** There were too many signups from here: wait a minute and try again. */
  | 'RATE_LIMITED'
  /** The hub's database does not answer: nothing was recorded, try again in a few seconds. */
  | 'UNAVAILABLE'
  /** This hub made no such challenge for this key: ask for a new one with createSignupChallenge. */
  | 'UNKNOWN_CHALLENGE'
  /** The challenge has served before: ask for a new one with createSignupChallenge for every signup. */
  | 'USED_CHALLENGE'
  /** The statement names another hub than this one: sign for the origin that you were told to dial, or ask the operator to add it to OVERLAPS_ORIGINS. */
  | 'WRONG_HUB';

/** Why a round was not begun. */
export type StartRoundRefusal =
  /** This hub has begun the round of that instant before: nobody is asked twice. */
  | 'ALREADY_STARTED'
  /** The round's deadline has passed already: name an instant nearer to now, or none. */
  | 'OVER';

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

/** What a check found. Leave out what was not measured: the statement's `-`. */
export type TickInput = {
  /** The task's, byte for byte. */
  callbackId: Scalars['ID']['input'];
  /** When the certificate that was shown expires. */
  certificateExpiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Hash of the check statement made from the task's settings. */
  checkHash: Scalars['Hash']['input'];
  /** When the check began, by the validator's clock. */
  checkedAt: Scalars['DateTime']['input'];
  /** Microseconds of the TCP handshake. */
  connectUs?: InputMaybe<Scalars['Int']['input']>;
  /** A code of A-Z, 0-9 and _, at most 40: ECONNREFUSED. */
  detail?: InputMaybe<Scalars['String']['input']>;
  /** Microseconds of the name look-up, of the last hop as the next three. */
  dnsUs?: InputMaybe<Scalars['Int']['input']>;
  /** What went wrong first, in the order of the exchange. */
  failure?: InputMaybe<FailureClass>;
  /** Microseconds from the sending of the request to the first byte of the answer. */
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
  /** The hub's operator has banned this key: speak to the operator. */
  | 'BANNED'
  /** Another answer to this callback ID is stored already: a task is answered once, and the first answer counts. */
  | 'CONFLICT'
  /** The answer is not well formed: mend the agent, sending it again does not help. */
  | 'INVALID'
  /** The task's deadline has passed: answer before deadlineAt, or lower the agent's concurrency. */
  | 'LATE'
  /** The callback ID was given to another validator: answer only your own tasks, with the key that got them. */
  | 'NOT_YOURS'
  /** There were too many submissions from here: wait a moment and send this one again. */
  | 'RATE_LIMITED'
  /** The hub's database does not answer: nothing was recorded, send the same answer again in a few seconds. */
  | 'UNAVAILABLE'
  /** This hub gave out no such callback ID: send the one of the task, byte for byte. */
  | 'UNKNOWN_CALLBACK';

/** What is to be different about a website. What is left out or null stays as it is. */
export type UpdateWebsiteInput = {
  /** Settings that replace the present ones, as a new revision; those left out stay. */
  check?: InputMaybe<CheckInput>;
  /** Whether it is checked. */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Checked in every n-th round only; 1 to 1440. */
  everyRounds?: InputMaybe<Scalars['Int']['input']>;
  /** Which website. */
  id: Scalars['ID']['input'];
  /** What its owner calls it: one line of 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
};

/** Why `updateWebsite` was refused. */
export type UpdateWebsiteRefusal =
  /** A setting of the check is wrong; the message names it. */
  | 'INVALID_CHECK'
  /** `everyRounds` is not from 1 to 1440. */
  | 'INVALID_EVERY_ROUNDS'
  /** The name is blank, longer than 200 characters or not one line. */
  | 'INVALID_NAME'
  /** The caller has no such website. */
  | 'NOT_FOUND';

/** A stretch of time that ends with the last ended round. */
export type UptimeWindow =
  /** 24 hours. */
  | 'DAY'
  /** 60 minutes. */
  | 'HOUR'
  /** 7 days of 24 hours; where ticks are kept for less, it is refused. */
  | 'WEEK';

/** Why a website is told of. */
export type WebsiteChangeCause =
  /** It was registered. */
  | 'CREATED'
  /** It was there when the subscription began. */
  | 'CURRENT'
  /** It was deleted; this is how it last was. */
  | 'DELETED'
  /** A round that asked for it has ended. */
  | 'ROUND_ENDED'
  /** Its name, its check or when it is checked was changed. */
  | 'UPDATED';

/** How a website is by the criteria of its check. */
export type WebsiteStatus =
  /** It did not. */
  | 'Bad'
  /** It answered as its check demands. */
  | 'Good';

export type BalanceQueryVariables = Exact<{ [key: string]: never; }>;


export type BalanceQuery = { viewer:
    | { kind: 'Operator' }
    | { kind: 'User' }
    | { pendingPayouts: string, kind: 'Validator' }
   | null };

export type CreateSignupChallengeMutationVariables = Exact<{
  input: CreateSignupChallengeInput;
}>;


export type CreateSignupChallengeMutation = { createSignupChallenge: { challenge: string, expiresAt: string } };

export type SignupMutationVariables = Exact<{
  input: SignupInput;
}>;


export type SignupMutation = { signup:
    | { reason: SignupRefusal, message: string, kind: 'SignupRefused' }
    | { sessionToken: string, expiresAt: string, kind: 'SignupSuccess', validator: { id: string, pendingPayouts: string } }
   };

export type SubmitTicksMutationVariables = Exact<{
  input: SubmitTicksInput;
}>;


export type SubmitTicksMutation = { submitTicks:
    | { kind: 'SubmitTicksSuccess', rejected: Array<{ callbackId: string, reason: TickRejection, message: string }> }
    | { reason: TickRejection, message: string, kind: 'TicksRejected' }
   };

export type TasksSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type TasksSubscription = { tasks: Array<{ callbackId: string, websiteId: string, url: string, roundAt: string, startAfterMs: number, deadlineAt: string, check: { method: HttpMethod, timeoutMs: number, statuses: string, redirects: number, keyword: string | null, keywordMust: KeywordRule | null, maxLatencyMs: number | null, certificateDays: number | null, ipVersion: IpVersion, body: string | null, headers: Array<{ name: string, value: string }> } }> };

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

export const BalanceDocument = new TypedDocumentString(`
    query Balance {
  viewer {
    kind: __typename
    ... on Validator {
      pendingPayouts
    }
  }
}
    `) as unknown as TypedDocumentString<BalanceQuery, BalanceQueryVariables>;
export const CreateSignupChallengeDocument = new TypedDocumentString(`
    mutation CreateSignupChallenge($input: CreateSignupChallengeInput!) {
  createSignupChallenge(input: $input) {
    challenge
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<CreateSignupChallengeMutation, CreateSignupChallengeMutationVariables>;
export const SignupDocument = new TypedDocumentString(`
    mutation Signup($input: SignupInput!) {
  signup(input: $input) {
    kind: __typename
    ... on SignupSuccess {
      sessionToken
      expiresAt
      validator {
        id
        pendingPayouts
      }
    }
    ... on SignupRefused {
      reason
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignupMutation, SignupMutationVariables>;
export const SubmitTicksDocument = new TypedDocumentString(`
    mutation SubmitTicks($input: SubmitTicksInput!) {
  submitTicks(input: $input) {
    kind: __typename
    ... on SubmitTicksSuccess {
      rejected {
        callbackId
        reason
        message
      }
    }
    ... on TicksRejected {
      reason
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitTicksMutation, SubmitTicksMutationVariables>;
export const TasksDocument = new TypedDocumentString(`
    subscription Tasks {
  tasks {
    callbackId
    websiteId
    url
    roundAt
    startAfterMs
    deadlineAt
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
}
    `) as unknown as TypedDocumentString<TasksSubscription, TasksSubscriptionVariables>;