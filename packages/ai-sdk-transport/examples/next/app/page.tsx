import Link from 'next/link';

export default function Home() {
  return (
    <ul>
      <li>
        <Link href="/direct">The browser talks to the gateway</Link>
      </li>
      <li>
        <Link href="/server">The token stays on the server</Link>
      </li>
    </ul>
  );
}
