import { SharedPage } from '../../components/sharing/shared-page.tsx';

export default function Page() {
  return <SharedPage />;
}
