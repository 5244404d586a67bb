import { ownerIn } from '../graph/actor.js'
import { addResult } from '../graph/add-result.js'
import type { Builder } from '../graph/builder.js'
import type { ChannelRef } from './channel-type.js'
import { deleteChannel, type DeleteChannelResult } from './delete-channel.js'
import type { AttemptRef } from './delivery-type.js'
import { testChannel, type TestChannelResult } from './try-channel.js'

interface Refs {
  channel: ChannelRef
  attempt: AttemptRef
}

const NOT_FOUND = 'The caller has no such channel.'

export function addChannelMutations(builder: Builder, refs: Refs): void {
  addDeleteChannel(builder, refs)
  addTestChannel(builder, refs)
}

function addDeleteChannel(builder: Builder, { channel }: Refs): void {
  const result = addResult<DeleteChannelResult>(
    builder,
    'DeleteChannel',
    {
      description: 'The channel gets no more messages.',
      fields: (t) => ({
        channel: t.field({
          type: channel,
          description: 'The channel as it last was.',
          resolve: (deleted) => deleted.channel,
        }),
      }),
    },
    { NOT_FOUND },
  )
  builder.mutationField('deleteChannel', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Deletes a channel with its delivery log. Messages that wait are abandoned.',
      args: { id: t.arg.id({ description: 'ID of the channel.' }) },
      resolve: (_root, { id }, context) => deleteChannel(context, ownerIn(context), id),
    }),
  )
}

function addTestChannel(builder: Builder, { attempt }: Refs): void {
  const result = addResult<TestChannelResult>(
    builder,
    'TestChannel',
    {
      description: 'The message was sent; `attempt` says whether it was accepted.',
      fields: (t) => ({
        attempt: t.field({
          type: attempt,
          description: 'How the receiver answered.',
          resolve: (tested) => tested.attempt,
        }),
      }),
    },
    {
      NOT_FOUND,
      DISABLED: 'The channel is turned off.',
      TEST_UNDER_WAY: 'Another test of this channel is running.',
      TOO_MANY_TESTS: 'It was tested 10 times within the last minute.',
    },
  )
  builder.mutationField('testChannel', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Sends a channel one message of the type `channel.test` and waits for the answer, at most 10 s.',
      args: { id: t.arg.id({ description: 'ID of the channel.' }) },
      resolve: (_root, { id }, context) => testChannel(context, ownerIn(context), id),
    }),
  )
}
