/** Moves an element, unless its user asked for less motion. */
export function animate(element: Element, keyframes: PropertyIndexedKeyframes | Keyframe[], duration: number): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  element.animate(keyframes, { duration, easing: 'ease-out' })
}
