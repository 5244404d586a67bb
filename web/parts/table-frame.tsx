import type { ComponentChildren } from 'preact'
import './table-frame.css'

/** A table that is wider than the page scrolls alone, by keyboard too. */
export function TableFrame({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="table-frame" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
