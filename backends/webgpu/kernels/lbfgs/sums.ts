// Compensated sums that the threads of a workgroup form together.

/** Threads of a workgroup. */
export const threads = 64

/** `team` has the sums of every thread, one list after the other; `tree_sum` leaves the totals at the lists' beginnings. */
export const treeSum = (lists: number): string => `var<workgroup> team: array<vec2f, ${lists * threads}>;
fn tree_sum(local: u32) {
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      for (var k = 0u; k < ${lists * threads}u; k += ${threads}u) { team[k + local] = combine(team[k + local], team[k + local + half]); }
    }
  }
  workgroupBarrier();
}`
