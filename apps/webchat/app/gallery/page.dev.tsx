import { Gallery } from '../../test/gallery/gallery.tsx';

export default function Page() {
  return <Gallery />;
}
