import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import './timeline-slider.css'

interface Props {
  /** Of the points, oldest first. */
  count: number
  value: number
  /** How far Page Up and Page Down go. */
  page: number
  label: string
  /** What a screen reader speaks for the value. */
  valueText: string
  describedBy?: string
  onChange(index: number): void
  /** The point under the pointer, null when it leaves. */
  onHover?(index: number | null): void
  /** The drawing. */
  children: ComponentChildren
}

/**
 * A point of a row of many, chosen by pointer or keys: the browser's own slider over the drawing, so that one tab stop,
 * the arrows, Home and End, and the gestures of a screen reader on a phone work as people know them.
 */
export function TimelineSlider({ count, value, page, label, valueText, describedBy, children, ...on }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [isPointing, setIsPointing] = useState(false)
  const pointed = ({ clientX }: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {}
    on.onHover?.(Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count))))
  }
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'PageUp' ? page : event.key === 'PageDown' ? -page : 0
    if (by === 0) return
    event.preventDefault()
    on.onChange(Math.min(count - 1, Math.max(0, value + by)))
  }
  return (
    <div ref={box} class={isPointing ? 'timeline pointing' : 'timeline'}>
      {children}
      <input
        type="range"
        min={0}
        max={Math.max(0, count - 1)}
        step={1}
        value={value}
        aria-label={label}
        aria-valuetext={valueText}
        aria-describedby={describedBy}
        onInput={({ currentTarget }) => on.onChange(Number(currentTarget.value))}
        onKeyDown={press}
        onPointerMove={pointed}
        onPointerDown={() => setIsPointing(true)}
        onPointerLeave={() => {
          setIsPointing(false)
          on.onHover?.(null)
        }}
      />
    </div>
  )
}
