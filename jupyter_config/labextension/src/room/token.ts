import { Token } from '@lumino/coreutils';

import type { Banner } from '../guard/banner';
import type { ClassModel } from '../handin/model';
import type { StandingModel } from '../standing';
import type { Frame } from './frame';
import type { Navigation } from './navigation';

/** What other parts of the learner's page may use of the room. */
export interface IRoom {
  standing: StandingModel;
  frame: Frame;
  navigation: Navigation;
  banner: Banner;
  /** The class, if the learner is in one. */
  inClass: ClassModel;
}

export const IRoom = new Token<IRoom>('second-penguin:IRoom', "The learner's room.");
