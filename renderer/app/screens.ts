import {
  Activity,
  BookOpen,
  ClipboardList,
  FlaskConical,
  FileChartColumn,
  Import,
  Landmark,
  LayoutDashboard,
  type LucideIcon,
  Share2,
  ShieldCheck,
  Waves,
} from 'lucide-react';
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import type { ScreenId } from './navigation.ts';

/** A screen: its place in the rail, its key and the view that is loaded when it is first shown. */
export type Screen = {
  readonly id: ScreenId;
  readonly title: string;
  readonly key: string;
  readonly icon: LucideIcon;
  readonly view: LazyExoticComponent<ComponentType>;
};

/** Every screen, in the order of the rail. */
export const screens: readonly Screen[] = [
  {
    id: 'overview',
    title: 'Overview',
    key: '1',
    icon: LayoutDashboard,
    view: lazy(() => import('../features/overview/overview-view.tsx').then((module) => ({ default: module.OverviewView }))),
  },
  {
    id: 'book',
    title: 'Book',
    key: '2',
    icon: BookOpen,
    view: lazy(() => import('../features/book/book-view.tsx').then((module) => ({ default: module.BookView }))),
  },
  {
    id: 'accounts',
    title: 'Accounts',
    key: '3',
    icon: Landmark,
    view: lazy(() => import('../features/accounts/accounts-view.tsx').then((module) => ({ default: module.AccountsView }))),
  },
  {
    id: 'network',
    title: 'Network',
    key: '4',
    icon: Share2,
    view: lazy(() => import('../features/network/network-view.tsx').then((module) => ({ default: module.NetworkView }))),
  },
  {
    id: 'cascade',
    title: 'Stress',
    key: '5',
    icon: Waves,
    view: lazy(() => import('../features/cascade/cascade-view.tsx').then((module) => ({ default: module.CascadeView }))),
  },
  {
    id: 'hedge',
    title: 'Hedges',
    key: '6',
    icon: ShieldCheck,
    view: lazy(() => import('../features/hedge/hedge-view.tsx').then((module) => ({ default: module.HedgeView }))),
  },
  {
    id: 'importing',
    title: 'Import',
    key: '7',
    icon: Import,
    view: lazy(() => import('../features/importing/importing-view.tsx').then((module) => ({ default: module.ImportingView }))),
  },
  {
    id: 'reporting',
    title: 'Reports',
    key: '8',
    icon: FileChartColumn,
    view: lazy(() => import('../features/reporting/reporting-view.tsx').then((module) => ({ default: module.ReportingView }))),
  },
  {
    id: 'system',
    title: 'System',
    key: '9',
    icon: Activity,
    view: lazy(() => import('../features/system/system-view.tsx').then((module) => ({ default: module.SystemView }))),
  },
  {
    id: 'whatIf',
    title: 'What if',
    key: 'W',
    icon: FlaskConical,
    view: lazy(() => import('../features/what-if/what-if-view.tsx').then((module) => ({ default: module.WhatIfView }))),
  },
  {
    id: 'blotter',
    title: 'Blotter',
    key: 'B',
    icon: ClipboardList,
    view: lazy(() => import('../features/blotter/blotter-view.tsx').then((module) => ({ default: module.BlotterView }))),
  },
];
