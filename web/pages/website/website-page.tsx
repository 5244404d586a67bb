export function WebsitePage({ id }: { id: string; query: URLSearchParams }) {
  return <h1>{id}</h1>
}
