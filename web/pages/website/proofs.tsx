import { useState } from 'preact/hooks'
import { saveFile } from '../../parts/save-file'
import { useTexts } from '../../texts/use-texts'
import { readProofs } from './read-round'

interface Of {
  websiteId: string
  roundAt: string
}

/** As `docs/verify-tick.mjs` reads it. */
function save(name: string, proofs: readonly unknown[]): void {
  const json = JSON.stringify({ ticks: proofs.map((proof) => ({ proof })) }, null, 2)
  saveFile(name, new Blob([`${json}\n`], { type: 'application/json' }))
}

const stamp = (roundAt: string) => roundAt.slice(0, 19).replaceAll(':', '')

export function SaveProof({ websiteId, roundAt, validatorId, name }: Of & { validatorId: string; name: string }) {
  const { t } = useTexts()
  const texts = t.website.round
  const read = () => readProofs(websiteId, roundAt, validatorId)
  return (
    <SaveButton
      label={texts.download}
      hint={texts.downloadOf(name)}
      file={`proof-${stamp(roundAt)}-${validatorId}.json`}
      read={read}
    />
  )
}

export function SaveProofs({ websiteId, roundAt }: Of) {
  const { t } = useTexts()
  const read = () => readProofs(websiteId, roundAt, null)
  return <SaveButton label={t.website.round.downloadAll} file={`proofs-${stamp(roundAt)}.json`} read={read} />
}

interface SaveProps {
  label: string
  /** Its name where the label alone would not tell it from others. */
  hint?: string
  file: string
  read(): ReturnType<typeof readProofs>
}

function SaveButton({ label, hint, file, read }: SaveProps) {
  const { t } = useTexts()
  const [isRefused, setIsRefused] = useState(false)
  const act = async () => {
    const proofs = await read()
    setIsRefused(proofs === null)
    if (proofs !== null) save(file, proofs)
  }
  return (
    <span>
      <button type="button" class="small" aria-label={hint} onClick={() => void act()}>
        {label}
      </button>
      {isRefused && (
        <span role="alert" class="refusal">
          {t.faults.FAILED}
        </span>
      )}
    </span>
  )
}

export function ProofHelp() {
  const { t } = useTexts()
  const texts = t.website.round
  return (
    <details class="small">
      <summary>{texts.check}</summary>
      <ol>
        {texts.checkSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </details>
  )
}
