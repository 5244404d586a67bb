import type { ChannelPageQuery, TestChannelMutation } from '../../client/graphql'

export type Channel = NonNullable<ChannelPageQuery['channel']>
export type Delivery = Channel['deliveries']['edges'][number]['node']
export type Attempt = Extract<TestChannelMutation['testChannel'], { kind: 'TestChannelSuccess' }>['attempt']
