import { describe, expect, inject, it } from 'vitest'
import { createKeyPair } from '../protocol/sign-statement.js'
import { breakable, keptOpen } from '../testing/store-wrappers.js'
import { storedState } from '../testing/stored-state.js'
import { startTestHub } from '../testing/test-hub.js'
import { openTestStore } from '../testing/test-store.js'
import { askForChallenge, trySignup } from '../testing/test-validator.js'
import { SIGNUP_REFUSALS } from './signup-refusals.js'

describe('signup', () => {
  it('knows a used challenge after a restart and on a second hub of the same database', async () => {
    const store = await openTestStore(inject('template'))
    const overrides = { store: keptOpen(store) }
    const first = await startTestHub(inject('template'), { overrides })
    const { port } = first.parts.settings
    const keys = createKeyPair()
    const [used, open] = [await askForChallenge(first, keys.publicKey), await askForChallenge(first, keys.publicKey)]
    const { validator, sessionToken = '' } = await trySignup(first, keys, { challenge: used })
    await first.close()

    const settings = { origins: [`http://127.0.0.1:${port}`] }
    const restarted = await startTestHub(inject('template'), { overrides, settings })
    const second = await startTestHub(inject('template'), { overrides, settings })
    for (const hub of [restarted, second]) {
      const before = await storedState(store)
      expect(await trySignup({ ...hub, url: first.url, post: hub.post }, keys, { challenge: used })).toEqual({
        reason: 'USED_CHALLENGE',
        message: SIGNUP_REFUSALS.USED_CHALLENGE,
      })
      expect(await storedState(store)).toEqual(before)
      expect((await hub.post('{ viewer { ... on Validator { id } } }', { token: sessionToken })).data).toEqual({
        viewer: { id: validator?.id },
      })
    }
    // One that was made before the restart and has not served is still good, once over both hubs.
    const answers = await Promise.all(
      [restarted, second, restarted, second].map((hub) =>
        trySignup({ ...hub, url: first.url, post: hub.post }, keys, { challenge: open }),
      ),
    )
    expect(answers.filter(({ reason }) => reason === undefined)).toHaveLength(1)
    expect(answers.filter(({ reason }) => reason === 'USED_CHALLENGE')).toHaveLength(3)
    await restarted.close()
    await second.close()
    await store.close()
  })

  it('does not believe a challenge again when its clock is set back', async () => {
    const hub = await startTestHub(inject('template'))
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    await trySignup(hub, keys, { challenge })
    const signedUpAt = hub.clock.now()
    // Two rounds of housekeeping later.
    hub.clock.advance(2 * 3_600_000)
    hub.clock.moveTo(signedUpAt)
    expect((await trySignup(hub, keys, { challenge })).reason).toBe('USED_CHALLENGE')
    await hub.close()
  })

  it('is UNAVAILABLE while the database is away, and the same signup succeeds when it is back', async () => {
    const store = breakable(await openTestStore(inject('template')))
    const hub = await startTestHub(inject('template'), { overrides: { store } })
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    const before = await storedState(store)
    // What the start has to close is looked for beside, and would be an error of its own.
    await hub.parts.closer.closeDue()
    store.away = true
    expect(await trySignup(hub, keys, { challenge })).toEqual({
      reason: 'UNAVAILABLE',
      message: SIGNUP_REFUSALS.UNAVAILABLE,
    })
    store.away = false
    expect(await storedState(store)).toEqual(before)
    expect(hub.errors).toMatchObject([{ msg: 'a signup could not be taken in' }])
    expect((await trySignup(hub, keys, { challenge })).reason).toBeUndefined()
    await hub.close()
  })

  it('is UNAVAILABLE when the database was closed under it', async () => {
    const hub = await startTestHub(inject('template'))
    const keys = createKeyPair()
    const challenge = await askForChallenge(hub, keys.publicKey)
    await hub.parts.store.close()
    expect((await trySignup(hub, keys, { challenge })).reason).toBe('UNAVAILABLE')
    await hub.close()
  })
})
