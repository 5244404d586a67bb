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
  BigInt: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  Hash: { input: string; output: string; }
  PublicKey: { input: string; output: string; }
  Signature: { input: string; output: string; }
};

export type CreateSignupChallengeInput = {
  publicKey: Scalars['PublicKey']['input'];
};

export type FailureClass =
  | 'ASSERTION'
  | 'CONNECT'
  | 'DNS'
  | 'PROTOCOL'
  | 'REDIRECT'
  | 'STATUS'
  | 'TIMEOUT'
  | 'TLS';

export type HttpMethod =
  | 'GET'
  | 'HEAD'
  | 'POST';

export type IpVersion =
  | 'ANY'
  | 'V4'
  | 'V6';

export type KeywordRule =
  | 'ABSENT'
  | 'PRESENT';

export type SignupInput = {
  agentVersion?: InputMaybe<Scalars['String']['input']>;
  challenge: Scalars['String']['input'];
  hub: Scalars['String']['input'];
  ip?: InputMaybe<Scalars['String']['input']>;
  label?: InputMaybe<Scalars['String']['input']>;
  protocolVersion?: Scalars['Int']['input'];
  publicKey: Scalars['PublicKey']['input'];
  region?: InputMaybe<Scalars['String']['input']>;
  signature: Scalars['Signature']['input'];
};

export type SignupRefusal =
  | 'BAD_KEY'
  | 'BAD_SIGNATURE'
  | 'BANNED'
  | 'EXPIRED_CHALLENGE'
  | 'PROTOCOL_TOO_OLD'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'UNKNOWN_CHALLENGE'
  | 'USED_CHALLENGE'
  | 'WRONG_HUB';

export type SubmitTickInput = {
  hub: Scalars['String']['input'];
  publicKey: Scalars['PublicKey']['input'];
  signature: Scalars['Signature']['input'];
  tick: TickInput;
};

export type SubmitTicksInput = {
  hub: Scalars['String']['input'];
  publicKey: Scalars['PublicKey']['input'];
  signature: Scalars['Signature']['input'];
  ticks: Array<TickInput>;
};

export type TickInput = {
  callbackId: Scalars['ID']['input'];
  certificateExpiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  checkHash: Scalars['Hash']['input'];
  checkedAt: Scalars['DateTime']['input'];
  connectUs?: InputMaybe<Scalars['Int']['input']>;
  detail?: InputMaybe<Scalars['String']['input']>;
  dnsUs?: InputMaybe<Scalars['Int']['input']>;
  failure?: InputMaybe<FailureClass>;
  firstByteUs?: InputMaybe<Scalars['Int']['input']>;
  httpStatus?: InputMaybe<Scalars['Int']['input']>;
  latencyUs?: InputMaybe<Scalars['Int']['input']>;
  leaf?: InputMaybe<Scalars['Hash']['input']>;
  remoteAddress?: InputMaybe<Scalars['String']['input']>;
  status: WebsiteStatus;
  tlsUs?: InputMaybe<Scalars['Int']['input']>;
};

export type TickRejection =
  | 'BAD_SIGNATURE'
  | 'BANNED'
  | 'CONFLICT'
  | 'INVALID'
  | 'LATE'
  | 'NOT_YOURS'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'UNKNOWN_CALLBACK';

export type WebsiteStatus =
  | 'Bad'
  | 'Good';

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