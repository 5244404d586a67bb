import { Command, Option } from 'commander'

import { userAgent } from '../agent/agent-version.js'
import { describeCheck } from '../agent/check/describe-check.js'
import { runCheck } from '../agent/check/run-check.js'
import { trustAuthorities } from '../agent/check/trust-authorities.js'
import { systemClock } from '../clock.js'
import { StartFault } from '../start-fault.js'
import { checkFault } from '../protocol/check-fault.js'
import { ORDINARY_PORTS, parseTargetPorts } from '../protocol/target-ports.js'
import { canonicalUrl } from '../protocol/text-forms.js'
import type { CheckOptions } from './check-options.js'
import { checkOf } from './check-options.js'
import type { CliHost } from './cli-host.js'
import { tellStartFault } from './tell-start-fault.js'

/** `overlaps check`: what a validator would find and send. Exits with 0 for Good, 1 for Bad, 2 without an answer. */
export function checkCommand(host: CliHost): Command {
  return new Command('check')
    .description('Check a website once, as a validator would, and show what it would send.')
    .argument('<url>', 'http: or https: URL')
    .addOption(new Option('--method <method>', 'HTTP method').choices(['GET', 'HEAD', 'POST']))
    .option('--timeout <ms>', 'in total, including redirects and body')
    .option('--statuses <list>', 'HTTP statuses that are good, such as 200-299,401')
    .option('--redirects <count>', 'how many to follow; with 0 a redirect is the answer')
    .option('--keyword <text>', 'text that the body must contain')
    .option('--keyword-absent <text>', 'text that the body must not contain')
    .option('--max-latency <ms>', 'the longest good latency')
    .option('--certificate-days <days>', 'how long the certificate must still be valid')
    .addOption(new Option('--ip <version>', 'which IP version to use').choices(['4', '6']))
    .option('--header <name: value...>', 'a header to send; may be repeated')
    .option('--body <text>', 'what to send with POST')
    .option('--allow-private', 'check private addresses too (OVERLAPS_ALLOW_PRIVATE_TARGETS=1)')
    .option('--ports <list>', 'ports that may be checked, or any (OVERLAPS_TARGET_PORTS)')
    .option('--json', 'print one JSON object')
    .action((url: string, options: CheckOptions) => tellStartFault(host, () => runOnce(host, url, options)))
}

async function runOnce(host: CliHost, text: string, options: CheckOptions): Promise<void> {
  const url = canonicalUrl(text)
  if (url === null) {
    throw new StartFault(
      `This URL cannot be checked: ${text}. Expected http: or https:, without user name and fragment.`,
    )
  }
  const check = checkOf(options)
  const fault = checkFault(check)
  if (fault !== null) throw new StartFault(fault)
  const isPrivateAllowed = options.allowPrivate ?? host.env['OVERLAPS_ALLOW_PRIVATE_TARGETS'] === '1'
  const ports = options.ports ?? host.env['OVERLAPS_TARGET_PORTS'] ?? ''
  const targetPorts = ports === '' ? ORDINARY_PORTS : parseTargetPorts(ports)
  if (targetPorts === null) throw new StartFault(`--ports must be ports separated by commas, or any, not ${ports}.`)
  const stopping = new AbortController()
  const forget = host.onSignal(['SIGINT', 'SIGTERM'], () => stopping.abort())
  const target = { url, check, timeoutMs: check.timeoutMs }
  const outcome = await runCheck(
    target,
    { allowPrivateTargets: isPrivateAllowed, targetPorts, deniedHosts: [] },
    {
      userAgent: userAgent(COMPLAINTS_URL),
      clock: systemClock,
      trust: trustAuthorities([]),
      signal: stopping.signal,
    },
  ).finally(forget)
  if (options.json) host.out(JSON.stringify({ url, check, ...outcome }))
  else host.out(describeCheck(target, outcome, host.showsColours ? 'COLOUR' : 'PLAIN'))
  if (outcome.kind !== 'measured') host.exitWith(2)
  else host.exitWith(outcome.measurement.status === 'Good' ? 0 : 1)
}

/** A person at a terminal checks a website; there is nobody else to name. */
const COMPLAINTS_URL = 'overlaps-check'
