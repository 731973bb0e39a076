/**
 * Can two kinds of answers be told apart? Says how well the best guess does, as the area under the ROC
 * curve: 0.5 is guessing, 1 is knowing. By ranks only, so a few slow answers weigh no more than others.
 */

/** One pair of answers that were asked for next to each other, in random order. */
export type Pair<Feature extends string> = {
  one: Record<Feature, number>;
  other: Record<Feature, number>;
};
/** How well `one` is told from `other`, with the bounds of a two-sided interval of 90 %. */
export type Told = { by: string; auc: number; lower: number; upper: number };

/** 95 % of a normal distribution lie below this many standard deviations. */
const Z = 1.645;

/** Ranks from 1; equal values share their mean rank. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).toSorted((a, b) => at(values, a) - at(values, b));
  const result = Array.from(values, () => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && at(values, at(order, to)) === at(values, at(order, from))) to += 1;
    for (let place = from; place < to; place += 1) result[at(order, place)] = (from + 1 + to) / 2;
    from = to;
  }
  return result;
}

const at = (list: readonly number[], index: number): number => list[index] ?? Number.NaN;
const mean = (list: readonly number[]): number => list.reduce((sum, n) => sum + n, 0) / list.length;
const variance = (list: readonly number[]): number => {
  const middle = mean(list);
  return list.reduce((sum, n) => sum + (n - middle) ** 2, 0) / (list.length - 1);
};

/** Mann-Whitney's statistic as an area, and its variance (DeLong, DeLong and Clarke-Pearson 1988). */
export function areaUnderCurve(ones: readonly number[], others: readonly number[]) {
  const together = ranks([...ones, ...others]);
  const among = [ranks(ones), ranks(others)] as const;
  const above = ones.map((_, i) => (at(together, i) - at(among[0], i)) / others.length);
  const below = others.map(
    (_, i) => 1 - (at(together, ones.length + i) - at(among[1], i)) / ones.length,
  );
  return {
    auc: mean(above),
    variance: variance(above) / ones.length + variance(below) / others.length,
  };
}

/** A guess may go either way, so what lies below one half counts as what lies above. */
function told(by: string, { auc, variance: v }: { auc: number; variance: number }): Told {
  const [better, error] = [Math.max(auc, 1 - auc), Z * Math.sqrt(v)];
  return { by, auc: better, lower: better - error, upper: better + error };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Logistic regression by plain descent: weights of all features for "it is `one`". */
function learn(rows: readonly { x: readonly number[]; y: number }[]): number[] {
  const weights = Array.from(rows[0]?.x ?? [], () => 0);
  for (let round = 0; round < 150; round += 1) {
    const slope = Array.from(weights, () => 0);
    for (const { x, y } of rows) {
      const wrong = sigmoid(x.reduce((sum, value, i) => sum + value * at(weights, i), 0)) - y;
      for (const [i, value] of x.entries()) slope[i] = at(slope, i) + wrong * value;
    }
    for (const [i, value] of slope.entries())
      weights[i] = at(weights, i) * 0.999 - (4 * value) / rows.length;
  }
  return weights;
}

/**
 * All features at once, each also beside that of the other of the pair, since noise that lasts longer than
 * a pair is in both: learned on one half of the pairs, tried on the other, and the other way
 * round.
 */
function toldByAll<F extends string>(features: readonly F[], pairs: readonly Pair<F>[]): Told {
  const columns = features.map((feature) => {
    const placed = ranks(pairs.flatMap(({ one, other }) => [one[feature], other[feature]]));
    return placed.map((rank) => rank / placed.length - 0.5);
  });
  const rows = pairs.flatMap((_, pair) =>
    [1, 0].map((y, side) => {
      const own = columns.map((column) => at(column, 2 * pair + side));
      const beside = columns.map((column, i) => at(own, i) - at(column, 2 * pair + 1 - side));
      return { x: [...own, ...beside, ...own.map((value) => value ** 2)], y, half: pair % 2 };
    }),
  );
  const tried = [0, 1].map((half) => {
    const weights = learn(rows.filter((row) => row.half !== half));
    const score = (y: number): number[] =>
      rows
        .filter((row) => row.half === half && row.y === y)
        .map(({ x }) => x.reduce((sum, value, i) => sum + value * at(weights, i), 0));
    return areaUnderCurve(score(1), score(0));
  });
  const auc = mean(tried.map((one) => one.auc));
  // Scores of a pair mirror each other, which at most doubles the variance of each half.
  const error = Z * Math.sqrt(mean(tried.map((one) => one.variance)));
  return { by: 'all', auc, lower: auc - error, upper: auc + error };
}

/** What each feature tells alone, and all together; best first. */
export function tellApart<F extends string>(pairs: readonly Pair<F>[]): Told[] {
  const features = Object.keys(pairs[0]?.one ?? {}) as F[];
  return [
    ...features.map((feature) =>
      told(
        feature,
        areaUnderCurve(
          pairs.map(({ one }) => one[feature]),
          pairs.map(({ other }) => other[feature]),
        ),
      ),
    ),
    toldByAll(features, pairs),
  ].toSorted((a, b) => b.upper - a.upper);
}
