import { App } from '../components/app.tsx';

export default function Page() {
  return <App />;
}
