'use client';
import { Component, type ReactNode } from 'react';
import { UnshowablePart } from './unshowable-part.tsx';

type Props = { children: ReactNode };

/** Keeps the failure of one part inside that part. */
export class PartBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <UnshowablePart error={this.state.error} />;
  }
}
