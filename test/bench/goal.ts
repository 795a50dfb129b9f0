/** What a measured value must be. */
export type Goal = { atMost: number } | { atLeast: number } | { exactly: number };

export function isMet(goal: Goal, value: number): boolean {
  if ('atMost' in goal) {
    return value <= goal.atMost;
  }
  return 'atLeast' in goal ? value >= goal.atLeast : value === goal.exactly;
}

/** How the value stands to the goal: 1 is right at it, and more is worse, whichever way the goal looks. */
export function shareOfGoal(goal: Goal, value: number): number {
  if ('atMost' in goal) {
    return value / goal.atMost;
  }
  return 'atLeast' in goal ? goal.atLeast / value : value / goal.exactly;
}

export function goalText(goal: Goal, unit: string): string {
  if ('atMost' in goal) {
    return `≤ ${goal.atMost}${unit}`;
  }
  return 'atLeast' in goal ? `≥ ${goal.atLeast}${unit}` : `= ${goal.exactly}${unit}`;
}
