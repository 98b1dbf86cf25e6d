package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The reader against Jackson, on the same random documents.
 */
class JsonReaderFuzzTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void understandsWhatJacksonUnderstands(long seed) {
		RandomJson random = new RandomJson(seed);
		DecodingOptions options = DecodingOptions.defaults().withInterner(Interner.create());

		for (int count = 0; count < 1_000; count++) {
			check(random.document(), options);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 4, 5, 6 })
	void refusesWhatJacksonRefuses(long seed) {
		RandomJson random = new RandomJson(seed);
		DecodingOptions options = DecodingOptions.defaults().withInterner(Interner.create());

		for (int count = 0; count < 4_000; count++) {
			check(random.broken(random.document()), options);
		}
	}

	@Test
	void agreesWithJacksonOnEveryPrefix() {
		RandomJson random = new RandomJson(7);

		for (int count = 0; count < 40; count++) {
			byte[] document = random.document();
			for (int length = 0; length < document.length; length++) {
				check(Arrays.copyOf(document, length), DecodingOptions.defaults());
			}
		}
	}

	@Test
	void agreesWithTheJdkOnUtf8() {
		int[] seconds = { 0x70, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff };
		int[] thirds = { '"', 0x7f, 0x80, 0xbf, 0xc0 };
		for (int first = 0x80; first < 0x100; first++) {
			for (int second : seconds) {
				for (int third : thirds) {
					byte[] text = { '"', (byte) first, (byte) second, (byte) third, (byte) 0x80, '"' };
					check(text, DecodingOptions.defaults());
					text[4] = '"';
					check(Arrays.copyOf(text, 5), DecodingOptions.defaults());
				}
			}
		}
	}

	@Test
	void findsStopsAtEveryDistanceFromWordBoundaries() {
		for (int length = 0; length < 40; length++) {
			for (String stop : new String[] { "", "\\n", "\\u00e4", "\u00e4", "\u0001", "\\x", "\\\"", "\u00ff" }) {
				String text = "[\"" + "x".repeat(length) + stop + "y".repeat(length % 11) + "\",1]";
				check(text.getBytes(StandardCharsets.UTF_8), DecodingOptions.defaults());
			}
		}
	}

	private static void check(byte[] document, DecodingOptions options) {
		Object expected = JacksonOracle.read(document);

		Object actual = read(document, options);
		boolean skipped = skip(document, options);

		if (!Objects.equals(actual, expected) || skipped == (expected == JacksonOracle.INVALID)) {
			fail("%s%nis %s, but read as %s", new String(document, StandardCharsets.UTF_8), expected, actual);
		}
	}

	private static @Nullable Object read(byte[] document, DecodingOptions options) {
		try {
			return JsonTree.read(document, options);
		}
		catch (DecodingException ex) {
			assertThat(ex.offset()).isBetween(0L, (long) document.length);
			return JacksonOracle.INVALID;
		}
		catch (RuntimeException ex) {
			return fail(new String(document, StandardCharsets.UTF_8), ex);
		}
	}

	private static boolean skip(byte[] document, DecodingOptions options) {
		JsonReader in = new JsonReader(document, options);
		try {
			in.skipValue();
			in.expectEnd();
			return true;
		}
		catch (DecodingException ex) {
			return false;
		}
	}

}
