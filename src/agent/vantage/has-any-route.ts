/** Public addresses that only the kernel is asked about. */
export const SOMEWHERE = { V4: '1.1.1.1', V6: '2606:4700:4700::1111' } as const

export async function hasAnyRoute(hasRoute: (address: string) => Promise<boolean>): Promise<boolean> {
  return (await Promise.all(Object.values(SOMEWHERE).map(hasRoute))).includes(true)
}
