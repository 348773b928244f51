//! Random numbers that are the same wherever the seed is: SplitMix64, and what is drawn from it.

use std::f64::consts::TAU;

/// A stream of random numbers.
pub struct Random(u64);

impl Random {
	/// The stream of a seed. Streams of different purposes do not depend on how much is drawn from each other.
	pub fn new(seed: u64, purpose: u64) -> Self {
		let mut mixed = Self(seed ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03));
		Self(mixed.next())
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mut x = self.0;
		x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		x ^ (x >> 31)
	}

	/// From 0 up to, not including, 1.
	pub fn unit(&mut self) -> f64 {
		(self.next() >> 11) as f64 / (1_u64 << 53) as f64
	}

	/// A whole number from 0 up to, not including, `bound`.
	pub fn below(&mut self, bound: usize) -> usize {
		(self.unit() * bound as f64) as usize
	}

	/// Whether something of this probability happens.
	pub fn chance(&mut self, probability: f64) -> bool {
		self.unit() < probability
	}

	/// One of several, each as probable as its weight says.
	pub fn weighted(&mut self, weights: &[f64]) -> usize {
		let mut left = self.unit() * weights.iter().sum::<f64>();
		for (place, weight) in weights.iter().enumerate() {
			left -= weight;
			if left < 0.0 {
				return place;
			}
		}
		weights.len() - 1
	}

	/// How often something happens whose mean is `mean`: multiplies uniform numbers until they are below `exp(-mean)`.
	pub fn poisson(&mut self, mean: f64) -> usize {
		let (limit, mut product, mut times) = ((-mean).exp(), self.unit(), 0);
		while product > limit {
			product *= self.unit();
			times += 1;
		}
		times
	}

	/// Log-normal: `sigma` is the deviation of the logarithm.
	pub fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
		let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
		median * (sigma * radius * (TAU * self.unit()).cos()).exp()
	}
}
