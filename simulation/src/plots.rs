//! Plots of what many worlds have in common, as SVG.

use crate::{
	report::{Estimate, MARKETS, Sample, quantile},
	scenario::{Appetite, Frequency},
};
use plotters::{coord::Shift, prelude::*};
use std::{error::Error, path::Path};

/// Colours that people of all eyes tell apart, by market.
const COLOURS: [RGBColor; 3] = [
	RGBColor(0, 114, 178),
	RGBColor(230, 159, 0),
	RGBColor(204, 51, 17),
];
/// And by frequency.
const SHADES: [RGBColor; 5] = [
	RGBColor(0, 158, 115),
	RGBColor(0, 114, 178),
	RGBColor(230, 159, 0),
	RGBColor(204, 51, 17),
	RGBColor(102, 37, 6),
];
const FONT: &str = "sans-serif";

type Drawn = Result<(), Box<dyn Error>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws all plots into a folder.
pub fn draw(samples: &[Sample], folder: &Path) -> Drawn {
	ruin(samples, &folder.join("ruin.svg"))?;
	yields(samples, &folder.join("yields.svg"))?;
	loss_ratios(samples, &folder.join("loss-ratios.svg"))
}

/// Two panels beside each other.
fn panels<'a>(path: &'a Path) -> Result<(Area<'a>, Vec<Area<'a>>), Box<dyn Error>> {
	let root = SVGBackend::new(path, (1_100, 470)).into_drawing_area();
	root.fill(&WHITE)?;
	let panels = root.split_evenly((1, 2));
	Ok((root, panels))
}

/// A scale whose end is a round number above the largest value.
fn end_of_scale(largest: f64) -> f64 {
	let steps = [
		1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0,
	];
	steps.into_iter().find(|end| largest <= *end).unwrap_or(largest)
}

fn ruin(samples: &[Sample], path: &Path) -> Drawn {
	let (root, panels) = panels(path)?;
	type Measure = fn(&Sample) -> Estimate;
	let measures: [(&str, Measure); 2] = [
		("Worlds with a pool that could not pay at once, %", Sample::ruin),
		("Part of awards not paid at once, %", Sample::delayed),
	];
	for (panel, (title, measure)) in panels.iter().zip(measures) {
		let largest = samples
			.iter()
			.map(|sample| 100.0 * measure(sample).high)
			.fold(0.0, f64::max);
		let mut chart = ChartBuilder::on(panel)
			.caption(title, (FONT, 17))
			.margin(12)
			.x_label_area_size(58)
			.y_label_area_size(58)
			.build_cartesian_2d(-0.5..5.5, 0.0..end_of_scale(largest))?;
		chart
			.configure_mesh()
			.disable_x_mesh()
			.x_labels(0)
			.x_desc("how often things fail (bars: 95 % confidence)")
			.y_label_formatter(&|y| format!("{y:.0} %"))
			.label_style((FONT, 14))
			.axis_desc_style((FONT, 15))
			.light_line_style(TRANSPARENT)
			.draw()?;
		chart.draw_series(Frequency::ALL.iter().enumerate().map(|(place, frequency)| {
			let name = match place {
				Frequency::PLOTTED.. => frequency.name().replace("priced ", ""),
				_ => frequency.name(),
			};
			EmptyElement::at((place as f64, 0.0))
				+ Text::new(name.clone(), (-(name.chars().count() as i32) * 3, 8), (FONT, 12))
		}))?;
		for (market, (_, name)) in MARKETS.iter().enumerate() {
			let colour = COLOURS[market];
			let points: Vec<_> = samples
				.iter()
				.filter(|sample| sample.market == market)
				.enumerate()
				.map(|(place, sample)| (place as f64 + (market as f64 - 1.0) * 0.06, measure(sample)))
				.collect();
			let line = points.iter().map(|(x, estimate)| (*x, 100.0 * estimate.value));
			chart
				.draw_series(LineSeries::new(
					line.clone().take(Frequency::PLOTTED),
					colour.stroke_width(2),
				))?
				.label(*name)
				.legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(3)));
			chart.draw_series(line.map(|point| Circle::new(point, 4, colour.filled())))?;
			chart.draw_series(points.iter().map(|(x, estimate)| {
				PathElement::new(
					[(*x, 100.0 * estimate.low), (*x, 100.0 * estimate.high)],
					colour.stroke_width(2),
				)
			}))?;
		}
		chart
			.configure_series_labels()
			.position(SeriesLabelPosition::UpperLeft)
			.background_style(WHITE.mix(0.8))
			.border_style(BLACK.mix(0.3))
			.label_font((FONT, 14))
			.draw()?;
	}
	root.present()?;
	Ok(())
}

fn yields(samples: &[Sample], path: &Path) -> Drawn {
	let (root, panels) = panels(path)?;
	let shown = [
		(Frequency::Priced(1.0), -60.0, "as often as priced"),
		(Frequency::Priced(4.0), -100.0, "four times as often"),
	];
	for (panel, (frequency, lowest, title)) in panels.iter().zip(shown) {
		let mut chart = ChartBuilder::on(panel)
			.caption(format!("Things fail {title}"), (FONT, 17))
			.margin(12)
			.x_label_area_size(58)
			.y_label_area_size(64)
			.build_cartesian_2d(-0.5..2.5, lowest..40.0)?;
		chart
			.configure_mesh()
			.disable_x_mesh()
			.x_labels(0)
			.y_labels(8)
			.x_desc("appetite (box: half of all pools, line: 90 %, dot: mean)")
			.y_desc("yield of a year, %")
			.y_label_formatter(&|y| format!("{y:.0} %"))
			.label_style((FONT, 14))
			.axis_desc_style((FONT, 15))
			.light_line_style(TRANSPARENT)
			.draw()?;
		chart.draw_series([PathElement::new([(-0.5, 0.0), (2.5, 0.0)], BLACK.mix(0.6))])?;
		chart.draw_series(Appetite::ALL.iter().enumerate().map(|(place, appetite)| {
			let name = appetite.name();
			EmptyElement::at((place as f64, lowest))
				+ Text::new(name, (-(name.len() as i32) * 7 / 2, 8), (FONT, 14))
		}))?;
		for (market, (_, name)) in MARKETS.iter().enumerate() {
			let colour = COLOURS[market];
			let sample = samples
				.iter()
				.find(|sample| sample.market == market && sample.frequency == frequency);
			let Some(sample) = sample else {
				continue;
			};
			let boxes = Appetite::ALL.into_iter().enumerate().map(|(place, appetite)| {
				let yields: Vec<_> = sample.yields(appetite).iter().map(|part| 100.0 * part).collect();
				let x = place as f64 + (market as f64 - 1.0) * 0.24;
				(x, yields)
			});
			let boxes: Vec<_> = boxes.collect();
			chart
				.draw_series(boxes.iter().map(|(x, yields)| {
					Rectangle::new(
						[
							(x - 0.08, quantile(yields, 0.25)),
							(x + 0.08, quantile(yields, 0.75)),
						],
						colour.mix(0.5).filled(),
					)
				}))?
				.label(*name)
				.legend(move |(x, y)| {
					Rectangle::new([(x, y - 5), (x + 18, y + 5)], colour.mix(0.5).filled())
				});
			chart.draw_series(boxes.iter().map(|(x, yields)| {
				PathElement::new(
					[
						(*x, quantile(yields, 0.05).max(lowest)),
						(*x, quantile(yields, 0.95)),
					],
					colour.stroke_width(2),
				)
			}))?;
			chart.draw_series(
				boxes
					.iter()
					.map(|(x, yields)| Circle::new((*x, Estimate::mean(yields).value), 4, colour.filled())),
			)?;
		}
		chart
			.configure_series_labels()
			.position(SeriesLabelPosition::LowerLeft)
			.background_style(WHITE.mix(0.8))
			.border_style(BLACK.mix(0.3))
			.label_font((FONT, 14))
			.draw()?;
	}
	root.present()?;
	Ok(())
}

fn loss_ratios(samples: &[Sample], path: &Path) -> Drawn {
	const END: f64 = 400.0;
	let root = SVGBackend::new(path, (1_100, 470)).into_drawing_area();
	root.fill(&WHITE)?;
	let (panels, legend) = root.split_horizontally(980);
	let panels = panels.split_evenly((1, 2));
	for (panel, market) in panels.iter().zip([0, 2]) {
		let mut chart = ChartBuilder::on(panel)
			.caption(
				format!("Loss ratio over worlds: {}", MARKETS[market].1),
				(FONT, 17),
			)
			.margin(12)
			.x_label_area_size(52)
			.y_label_area_size(64)
			.build_cartesian_2d(0.0..END, 0.0..100.0)?;
		chart
			.configure_mesh()
			.x_desc("awards over premium, % (dashes: what is left of premium after the cuts)")
			.y_desc("worlds with at most that, %")
			.x_label_formatter(&|x| format!("{x:.0} %"))
			.y_label_formatter(&|y| format!("{y:.0} %"))
			.label_style((FONT, 14))
			.axis_desc_style((FONT, 15))
			.light_line_style(TRANSPARENT)
			.draw()?;
		// 5 % for the reserve, 2 % for the treasury and 10 % for the manager, each of what the one before left.
		let kept = 95.0 * 0.98 * 0.9;
		chart.draw_series((0..20).map(|dash| {
			let y = f64::from(dash) * 5.0;
			PathElement::new([(kept, y), (kept, y + 2.5)], BLACK.mix(0.6))
		}))?;
		for (place, frequency) in Frequency::ALL[..Frequency::PLOTTED].iter().enumerate() {
			let colour = SHADES[place];
			let sample = samples
				.iter()
				.find(|sample| sample.market == market && sample.frequency == *frequency);
			let Some(sample) = sample else {
				continue;
			};
			let mut ratios = sample.loss_ratios();
			ratios.sort_unstable_by(f64::total_cmp);
			let worlds = ratios.len() as f64;
			let mut steps = vec![(0.0, 0.0)];
			let within = ratios
				.iter()
				.map(|ratio| 100.0 * ratio)
				.take_while(|ratio| *ratio < END);
			for (before, ratio) in within.enumerate() {
				steps.push((ratio, 100.0 * before as f64 / worlds));
				steps.push((ratio, 100.0 * (before + 1) as f64 / worlds));
			}
			// What is beyond the scale goes on.
			let (_, last) = steps[steps.len() - 1];
			steps.push((END, last));
			chart.draw_series(LineSeries::new(steps, colour.stroke_width(2)))?;
		}
	}
	for (place, frequency) in Frequency::ALL[..Frequency::PLOTTED].iter().enumerate() {
		let y = 60 + 24 * place as i32;
		legend.draw(&PathElement::new(
			[(4, y), (26, y)],
			SHADES[place].stroke_width(3),
		))?;
		legend.draw(&Text::new(frequency.name(), (32, y - 7), (FONT, 14)))?;
	}
	root.present()?;
	Ok(())
}
