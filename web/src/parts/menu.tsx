// A menu that opens below its button. A press elsewhere, Escape, and whatever
// is chosen in it close it.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const menu = useRef<HTMLDetailsElement>(null)
  const close = () => menu.current && (menu.current.open = false)
  useEffect(() => {
    const elsewhere = (event: Event) => menu.current?.contains(event.target as Node) || close()
    addEventListener('pointerdown', elsewhere)
    return () => removeEventListener('pointerdown', elsewhere)
  }, [])
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    close()
    menu.current?.querySelector('summary')?.focus()
  }
  return (
    <details class="menu" ref={menu} onKeyDown={escape}>
      <summary>{label}</summary>
      <div class="menu-list" onClick={(e) => (e.target as HTMLElement).closest('button') && close()}>
        {children}
      </div>
    </details>
  )
}
