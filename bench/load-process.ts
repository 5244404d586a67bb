import type { Delivery, Hold, LoadCommand, Submitted } from './load/load-answer.js'
import { startWorker, type Usage } from './measured-process.js'

/** The load generator: a process of its own, so that its cost is not counted as the hub's. */
export interface Load {
  connect(to: 'hub' | 'baseline', url: string, validators: number, hold: Hold): Promise<void>
  awaitTasks(each: number): Promise<Delivery>
  hold(hold: Hold): Promise<void>
  sign(batch: number | null): Promise<void>
  submit(inFlight: number | 'ALL', forMs: number): Promise<Submitted>
  submitPaced(perSecond: number, forMs: number): Promise<Submitted>
  echo(url: string, sockets: number, inFlight: number, forMs: number): Promise<Submitted>
  forget(): Promise<void>
  close(): Promise<void>
  reset(): Promise<void>
  read(): Promise<Usage>
  stop(): Promise<void>
}

export function startLoad(): Load {
  const worker = startWorker(new URL('./load/main.ts', import.meta.url))
  const tell = async (command: LoadCommand) => void (await worker.ask(command))
  const ask = <Answer>(command: LoadCommand) => worker.ask<Answer>(command)
  return {
    connect: (to, url, validators, hold) => tell({ do: 'connect', to, url, validators, hold }),
    awaitTasks: (each) => ask({ do: 'await-tasks', each }),
    hold: (hold) => tell({ do: 'hold', hold }),
    sign: (batch) => tell({ do: 'sign', batch }),
    submit: (inFlight, forMs) => ask({ do: 'submit', inFlight, forMs }),
    submitPaced: (perSecond, forMs) => ask({ do: 'submit-paced', perSecond, forMs }),
    echo: (url, sockets, inFlight, forMs) => ask({ do: 'echo', url, sockets, inFlight, forMs }),
    forget: () => tell({ do: 'forget' }),
    close: () => tell({ do: 'close' }),
    reset: worker.reset,
    read: worker.read,
    stop: worker.stop,
  }
}
