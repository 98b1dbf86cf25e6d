package io.github.k8sclient.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link YamlTree}. Texts, numbers and structure as they are read are tested by
 * {@code YamlDocumentsTests}.
 */
class YamlTreeTests {

	@Test
	void membersAreSorted() {
		assertThat(YamlTree.write(Map.of("kind", "ConfigMap", "apiVersion", "v1", "data",
				Map.of("b", "2\n3\n", "a", List.of(1, true, "x"), "c", Map.of()))))
			.isEqualTo("""
					apiVersion: v1
					data:
					  a:
					  - 1
					  - true
					  - x
					  b: |
					    2
					    3
					  c: {}
					kind: ConfigMap
					""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "y", "N", "On", "true", "null", "~", "", "12", "0x1F", "0o17", "0644", "1_000",
			"1e3", "1.5", ".5", "12:30", "1:30.5", "2026-01-02", "2026-01-02T03:04:05Z", "<<", ".inf", "=", "- a",
			"a: b", "a #b", " a", "a ", "|", "!x", "&x", "*x", "%x", "@x", "`x", "{", "[", "\t", "\u0000", "\u0085",
			"\uFEFF", "\ud83d\ude00", "a\n b\n", "\n", "\n\n a", "a\n\n", " a\nb\n", "a \nb", "\ta\nb\n", "#\n",
			"---\n", "a\r\nb", "..." })
	void textsStayTexts(String text) {
		String yaml = YamlTree.write(Map.of("k", text, text, "v", "list", List.of(text)));

		assertThat(YamlTree.readStrict(yaml)).as(yaml).isEqualTo(Map.of("k", text, text, "v", "list", List.of(text)));
		assertThat(new Yaml().<Map<String, Object>>load(yaml)).as("another reader").containsEntry("k", text);
	}

	@Test
	void anyTextIsReadBackAsItWas() {
		Random random = new Random(42);
		String alphabet = "aZ09 \n\t:-#'\"|>&*!%@`{}[],?~=<\\\r\u00e9\u2028\u0007_.+ex";
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(12); length >= 0; length--) {
				text.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			Map<String, String> tree = Map.of("k", text.toString());

			assertThat(YamlTree.readStrict(YamlTree.write(tree))).isEqualTo(tree);
		}
	}

	@Test
	void numbersAreReadBackAsTheyWere() {
		Map<String, Object> tree = Map.of("whole", new BigInteger("123456789012345678901"), "fraction",
				new BigDecimal("0.10"), "tiny", new BigDecimal("1E-30"), "large", new BigDecimal("1.5E+40"), "negative",
				BigInteger.valueOf(-7));

		assertThat(YamlTree.readStrict(YamlTree.write(tree))).isEqualTo(tree);
		assertThat(YamlTree.write(new BigDecimal("100"))).isEqualTo("100\n");
	}

	@Test
	void whatIsThereTwiceIsWrittenTwice() {
		List<Integer> shared = List.of(1);

		assertThat(YamlTree.write(Arrays.asList(shared, shared, null))).isEqualTo("- - 1\n- - 1\n- null\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a: 1\na: 2\n", "{\"a\": 1, \"a\": 2}" })
	void strictReaderRefusesWhatIsThereTwice(String text) {
		assertThat(YamlTree.read(text)).isEqualTo(Map.of("a", BigInteger.TWO));
		assertThatExceptionOfType(YAMLException.class).isThrownBy(() -> YamlTree.readStrict(text));
	}

}
