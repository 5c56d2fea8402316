//! Colours: hexadecimal digits, mixtures as people see them (Oklab), and contrast (WCAG 2.2, 1.4.3).

/// A colour, red, green and blue between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Color([f64; 3]);

impl Color {
    /// `#rgb` or `#rrggbb`.
    pub(super) fn read(text: &str) -> Option<Color> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let long = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
        let parts = [part(0)?, part(2)?, part(4)?];
        Some(Color(parts.map(|part| f64::from(part) / 255.0)))
    }

    /// `#rrggbb`
    pub(super) fn hex(self) -> String {
        let parts = self.0.map(|part| (part.clamp(0.0, 1.0) * 255.0).round());
        let [red, green, blue] = parts.map(|part| part as u8);
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// So much of this, the rest of another.
    pub(super) fn mixed(self, share: f64, other: Color) -> Color {
        let (own, other) = (self.oklab(), other.oklab());
        let part = |index: usize| own[index] * share + other[index] * (1.0 - share);
        let mixed = Color::of_oklab([part(0), part(1), part(2)]);
        // As it will be written down, so that contrast is that of what is shown.
        Color::read(&mixed.hex()).unwrap_or(mixed)
    }

    /// Between 1 and 21.
    pub(super) fn contrast(self, other: Color) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| match part <= 0.040_45 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        })
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn oklab(self) -> [f64; 3] {
        rows(&TO_LAB, rows(&TO_CONES, self.linear()).map(f64::cbrt))
    }

    fn of_oklab(lab: [f64; 3]) -> Color {
        let cones = rows(&OF_LAB, lab).map(|part| part.powi(3));
        Color(
            rows(&OF_CONES, cones).map(|part| match part <= 0.003_130_8 {
                true => part * 12.92,
                false => 1.055 * part.powf(1.0 / 2.4) - 0.055,
            }),
        )
    }
}

fn rows(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

// The matrices of Oklab, as CSS Color 4 has them.
const TO_CONES: [[f64; 3]; 3] = [
    [0.412_221_469_4, 0.536_332_537_2, 0.051_445_993_2],
    [0.211_903_495_8, 0.680_699_550_6, 0.107_396_953_6],
    [0.088_302_459_1, 0.281_718_839_1, 0.629_978_701_7],
];
const TO_LAB: [[f64; 3]; 3] = [
    [0.210_454_268_3, 0.793_617_774_7, -0.004_072_043],
    [1.977_998_532_4, -2.428_592_242, 0.450_593_709_6],
    [0.025_904_042_5, 0.782_771_712_5, -0.808_675_755],
];
const OF_LAB: [[f64; 3]; 3] = [
    [1.0, 0.396_337_777_4, 0.215_803_757_3],
    [1.0, -0.105_561_345_8, -0.063_854_172_8],
    [1.0, -0.089_484_177_5, -1.291_485_548],
];
const OF_CONES: [[f64; 3]; 3] = [
    [4.076_741_636_1, -3.307_711_539_3, 0.230_969_903_2],
    [-1.268_437_973_3, 2.609_757_349_3, -0.341_319_376],
    [-0.004_196_076_1, -0.703_418_617_9, 1.707_614_694],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_and_mixtures_are_those_of_the_standards() {
        let color = |text| Color::read(text).expect("a colour");
        let (black, white) = (color("#000"), color("#ffffff"));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((color("#777777").contrast(white) - 4.48).abs() < 0.01);
        assert_eq!(color("#0b6b78").mixed(1.0, white).hex(), "#0b6b78");
        assert_eq!(black.mixed(0.5, white).hex(), "#636363");
        for wrong in ["0b6b78", "#12345", "#gggggg", "red", "#"] {
            assert_eq!(Color::read(wrong), None, "{wrong}");
        }
    }
}
