package io.github.k8sclient.dynamic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link YamlDocuments}.
 */
class YamlDocumentsTests {

	@Test
	void documentsStandBetweenLinesOfHyphens() {
		List<ManifestDocument> documents = YamlDocuments.read("""
				---
				# the first
				apiVersion: v1
				kind: ConfigMap
				metadata: {name: a}
				data:
				  text: |
				    ---
				    inside
				--- # between

				---
				{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}}
				""");

		assertThat(documents).extracting(ManifestDocument::describe)
			.containsExactly("document 1 at line 3, ConfigMap a", "document 2 at line 13, Secret b");
		assertThat(documents.get(0).object().nestedString("data", "text")).isEqualTo("---\ninside\n");
	}

	@Test
	void jsonMayHaveTabs() {
		List<ManifestDocument> documents = YamlDocuments.read("""
				{
				\t"apiVersion":\t"v1",
				\t"kind": "ConfigMap",
				\t"data": {"count": 12345678901234567890, "share": 0.10, "none": null}
				}
				---
				{apiVersion: v1, kind: Secret}
				---
				{"kind": "Secret", "kind": "Secret"}
				""");

		assertThat(documents.get(0).object()).isEqualTo(YamlDocuments.read("""
				{apiVersion: v1, kind: ConfigMap, data: {count: 12345678901234567890, share: 0.10, none: null}}
				""").get(0).object());
		assertThat(documents.get(1).object().kind()).isEqualTo("Secret");
		assertThat(documents.get(2).problem()).hasMessageStartingWith("not valid YAML at line 9");
	}

	@Test
	void emptyManifestHasNoDocuments() {
		assertThat(YamlDocuments.read("")).isEmpty();
		assertThat(YamlDocuments.read("---\n# nothing\n---\n")).isEmpty();
	}

	@Test
	void itemsOfAListAreDocuments() {
		List<ManifestDocument> documents = YamlDocuments.read("""
				apiVersion: v1
				kind: List
				items:
				- {apiVersion: v1, kind: Pod, metadata: {name: a}}
				- {apiVersion: v1, metadata: {name: b}}
				""");

		assertThat(documents.get(0).describe()).isEqualTo("document 1 at line 1, item 1, Pod a");
		assertThat(documents.get(1).problem()).hasMessage("it has no apiVersion or no kind");
	}

	@Test
	void brokenDocumentLeavesTheOthersAsTheyAre() {
		List<ManifestDocument> documents = YamlDocuments.read("""
				apiVersion: v1
				kind: Secret
				stringData: {password: "hunter2}
				---
				apiVersion: v1
				kind: ConfigMap
				---
				- hunter2
				---
				apiVersion: v1
				kind: ConfigMap
				metadata: {labels: hunter2}
				---
				apiVersion: v1
				kind: ConfigMap
				kind: ConfigMap
				""");

		assertThat(documents).hasSize(5);
		assertThat(documents.get(0).problem()).hasMessageStartingWith("not valid YAML at line ");
		assertThat(documents.get(1).object().kind()).isEqualTo("ConfigMap");
		assertThat(documents.get(2).problem()).hasMessage("not an object");
		assertThat(documents.get(3).problem()).hasMessageContaining("metadata.labels");
		assertThat(documents.get(4).problem()).hasMessageStartingWith("not valid YAML at line 16");
		assertThat(documents).noneSatisfy((document) -> {
			assertThat(document.problem()).isNotNull();
			assertThat(document.problem().toString()).contains("hunter2");
		});
	}

	@ParameterizedTest
	@CsvSource({ "yes,true", "On,true", "y,true", "no,false", "OFF,false", "true,true" })
	void wordsAreBooleansAsForKubectl(String text, boolean value) {
		assertThat(value(text)).isEqualTo(value);
		assertThat(value('"' + text + '"')).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource({ "12,12", "-12,-12", "+7,7", "0x1F,31", "0b101,5", "0o17,15", "0644,420", "1_000,1000", "0,0",
			"1e3,1000", "1E+3,1000", "1.0,1", "2.,2", "089,89", "-1.5e1,-15" })
	void integersAreReadAsByGo(String text, long value) {
		assertThat(value(text)).isEqualTo(value);
	}

	@Test
	void numbersKeepTheirDigits() {
		assertThat(value("123456789012345678901")).isEqualTo(new BigInteger("123456789012345678901"));
		assertThat(value("0.10")).isEqualTo(new BigDecimal("0.10"));
		assertThat(value(".5")).isEqualTo(new BigDecimal("0.5"));
		assertThat(value("1_0.5e-1")).isEqualTo(new BigDecimal("1.05"));
		assertThat(value("1e+21")).isEqualTo(new BigDecimal("1E+21"));
	}

	@ParameterizedTest
	@CsvSource({ "12:30", "2026-01-02", "2026-01-02T03:04:05Z", "1.2.3", "1e", "e3", "-", "0x", "v1", ".", "yEs",
			"1Gi" })
	void everythingElseIsText(String text) {
		assertThat(value(text)).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { ".inf", "-.Inf", ".nan" })
	void whatJsonCannotHoldIsRefused(String text) {
		assertThat(YamlDocuments.read("{apiVersion: v1, kind: X, data: " + text + "}")).singleElement()
			.satisfies((document) -> assertThat(document.problem()).isNotNull());
	}

	@Test
	void byteOrderMarkIsNoText() {
		assertThat(YamlDocuments.read("\uFEFFapiVersion: v1\nkind: X\n").get(0).object().apiVersion()).isEqualTo("v1");
	}

	@Test
	void namesOfMembersAreTexts() {
		Unstructured object = YamlDocuments.read("{apiVersion: v1, kind: X, data: {on: a, 12: b, null: c}}")
			.get(0)
			.object();

		assertThat(object.nestedMap("data")).containsOnlyKeys("true", "12", "null");
	}

	@Test
	void aliasesAndMergesAreFollowed() {
		Unstructured object = YamlDocuments.read("""
				apiVersion: v1
				kind: X
				base: &base {a: 1}
				same: *base
				more:
				  <<: *base
				  b: 2
				""").get(0).object();

		assertThat(object.nested("same", "a")).isEqualTo(1L);
		assertThat(object.nestedMap("more")).containsOnlyKeys("a", "b");
	}

	@Test
	void aliasesThatMultiplyAreRefused() {
		StringBuilder manifest = new StringBuilder("apiVersion: v1\nkind: X\na0: &a0 [x, x]\n");
		for (int level = 1; level < 25; level++) {
			manifest.append("a%d: &a%d [*a%d, *a%d]\n".formatted(level, level, level - 1, level - 1));
		}

		assertThat(YamlDocuments.read(manifest.toString())).singleElement()
			.satisfies((document) -> assertThat(document.problem()).hasMessageContaining("too large"));
	}

	@Test
	void deepNestingIsRefused() {
		String deep = "[".repeat(300) + "]".repeat(300);

		assertThat(YamlDocuments.read("{apiVersion: v1, kind: X, data: " + deep + "}").get(0).problem())
			.hasMessageContaining("nested too deeply");
	}

	private static Object value(String yaml) {
		return YamlDocuments.read("{apiVersion: v1, kind: X, data: " + yaml + "}").get(0).object().nested("data");
	}

}
