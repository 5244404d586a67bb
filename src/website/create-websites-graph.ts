import type { InputRef, OutputRef } from '@pothos/core'
import type { Builder } from '../graph/builder.js'
import { requireOwner } from '../graph/context.js'
import { addResultOf } from '../graph/add-result.js'
import { refuse, type Refusal } from '../graph/problem.js'
import { WEBSITES_NAMED_MAX } from '../limits.js'
import { createWebsite, type CreateWebsiteResult } from './create-website.js'
import type { CheckChanges } from './merge-check.js'
import type { NewWebsite } from './create-website.js'

type CreateWebsitesResult = { kind: 'created'; results: CreateWebsiteResult[] } | Refusal<'WRONG_NUMBER'>

interface CreateWebsiteRefs {
  /** Of one website. */
  input: InputRef<Omit<NewWebsite, 'userId' | 'check'> & { check?: CheckChanges | null | undefined }>
  result: OutputRef<CreateWebsiteResult>
}

/** Many websites in one call, each judged alone. */
export function addCreateWebsites(builder: Builder, { input, result: resultOfOne }: CreateWebsiteRefs): void {
  const success = builder
    .objectRef<Extract<CreateWebsitesResult, { kind: 'created' }>>('CreateWebsitesSuccess')
    .implement({
      description: 'Each website was created or refused.',
      fields: (t) => ({
        results: t.field({
          type: [resultOfOne],
          description: 'What became of each, in the order of the input.',
          resolve: ({ results }) => results,
        }),
        createdCount: t.int({
          description: 'How many were created.',
          resolve: ({ results }) => results.filter(({ kind }) => kind === 'created').length,
        }),
      }),
    })
  const result = addResultOf(builder, 'CreateWebsites', success, {
    WRONG_NUMBER: `There is no website in the input, or there are more than ${WEBSITES_NAMED_MAX}.`,
  })
  const inputOfMany = builder.inputType('CreateWebsitesInput', {
    description: 'Websites to watch.',
    fields: (t) => ({
      websites: t.field({ type: [input], description: `The websites, from 1 to ${WEBSITES_NAMED_MAX}.` }),
    }),
  })
  builder.mutationField('createWebsites', (t) =>
    t.field({
      audience: 'OWNER',
      type: result,
      description: 'Adds many websites to watch. One that is refused does not keep the others back.',
      args: { input: t.arg({ type: inputOfMany, description: 'The websites.' }) },
      resolve: async (_root, { input: { websites } }, context): Promise<CreateWebsitesResult> => {
        const userId = requireOwner(context)
        if (websites.length === 0 || websites.length > WEBSITES_NAMED_MAX) {
          return refuse('WRONG_NUMBER', `Send from 1 to ${WEBSITES_NAMED_MAX} websites, not ${websites.length}.`)
        }
        const results: CreateWebsiteResult[] = []
        for (const { check, ...rest } of websites) {
          results.push(await createWebsite(context, { ...rest, userId, check: check ?? {} }))
        }
        return { kind: 'created', results }
      },
    }),
  )
}
