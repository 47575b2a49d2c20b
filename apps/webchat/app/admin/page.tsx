import type { Metadata } from 'next';
import { AdminApp } from '../../components/admin/admin-app.tsx';

export const metadata: Metadata = { title: 'HotPlex Admin' };

export default function Page() {
  return <AdminApp />;
}
