import { describe, expect, it } from 'vitest'
import { joinAnswers, medianPhases, type Tick } from './round-answers'

function tick(id: string, change: Partial<Tick> = {}): Tick {
  return {
    id: `t-${id}`,
    roundAt: '2026-12-01T14:05:00.000Z',
    checkedAt: '2026-12-01T14:05:01.000Z',
    status: 'Good',
    failure: null,
    detail: null,
    httpStatus: 200,
    latencyUs: 40_000,
    dnsUs: 1000,
    connectUs: 2000,
    tlsUs: null,
    firstByteUs: 30_000,
    remoteAddress: '192.0.2.1',
    certificateExpiresAt: null,
    validator: { id, label: id, region: null, publicKey: `key-${id}` },
    ...change,
  }
}

const asked = (validator: string, network: number) => ({ validator, public_key: `key-${validator}`, network })

describe('the answers of a round', () => {
  it('have everybody who was asked: Bad first, silent last', () => {
    const roster = [asked('oak', 1), asked('elm', 2), asked('fir', 1), asked('ash', 3)]
    const ticks = [tick('oak'), tick('elm', { status: 'Bad', failure: 'STATUS' }), tick('fir')]
    const names = new Map([['ash', { label: 'ash', region: 'us-west' }]])
    const answers = joinAnswers(ticks, roster, [], names)
    expect(answers.map(({ validator, network }) => [validator.label, network])).toEqual([
      ['elm', 2],
      ['oak', 1],
      ['fir', 1],
      ['ash', 3],
    ])
    expect(answers.at(-1)).toMatchObject({ tick: null, validator: { region: 'us-west', publicKey: 'key-ash' } })
  })

  it('say whose network was set aside', () => {
    const counted = [
      { validator: 'oak', set_aside: true },
      { validator: 'elm', set_aside: false },
    ]
    const answers = joinAnswers([tick('oak'), tick('elm')], [asked('oak', 1), asked('elm', 2)], counted, new Map())
    expect(answers.map(({ isSetAside }) => isSetAside)).toEqual([true, false])
  })

  it('are shown without networks where the roster is not known', () => {
    expect(joinAnswers([tick('oak')], [], [], new Map())).toMatchObject([{ network: null, isSetAside: false }])
  })
})

describe('the phases of a round', () => {
  it('are medians of the Good answers, really measured', () => {
    const ticks = [
      tick('oak', { dnsUs: 10 }),
      tick('elm', { dnsUs: 30 }),
      tick('fir', { dnsUs: 20 }),
      tick('ash', { dnsUs: 40 }),
      tick('yew', { dnsUs: 1, status: 'Bad' }),
    ]
    expect(medianPhases(joinAnswers(ticks, [], [], new Map()))).toMatchObject({ dnsUs: 20, tlsUs: null })
  })
})
