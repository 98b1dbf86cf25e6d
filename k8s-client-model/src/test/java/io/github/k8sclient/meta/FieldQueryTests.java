package io.github.k8sclient.meta;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FieldQuery}. The cases follow from the grammar of apimachinery's
 * {@code fields.ParseSelector}.
 */
class FieldQueryTests {

	private static final Map<String, String> FIELDS = Map.of("metadata.name", "a", "type", "a,b=c\\d");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			b=1,a=2            | a=2,b=1
			a==2               | a=2
			a!=2,,             | a!=2
			a=                 | a=
			a=x y              | a=x y
			a=b!c              | a=b!c
			a=1,a!=2           | a!=2,a=1
			''                 | ''
			""")
	void canonicalTextIsOrderedAndReadsBackAsTheSame(String selector, String canonical) {
		FieldQuery query = FieldQuery.parse(selector);

		assertThat(query).hasToString(canonical);
		assertThat(FieldQuery.parse(canonical)).isEqualTo(query).hasSameHashCodeAs(query);
	}

	@Test
	void queryIsBuiltTermByTermAndEscaped() {
		FieldQuery query = FieldQuery.where("type").is("a,b=c\\d").and("metadata.name").isNot("b");

		assertThat(query).hasToString("metadata.name!=b,type=a\\,b\\=c\\\\d");
		assertThat(FieldQuery.parse(query.toString())).isEqualTo(query);
		assertThat(query.matches((field) -> FIELDS.getOrDefault(field, ""))).isTrue();
		assertThat(query.and("metadata.name").is("c").matches((field) -> FIELDS.getOrDefault(field, ""))).isFalse();
	}

	@Test
	void absentFieldIsEmpty() {
		assertThat(FieldQuery.where("spec.nodeName").is("").matches((field) -> "")).isTrue();
		assertThat(FieldQuery.where("spec.nodeName").isNot("").matches((field) -> "")).isFalse();
	}

	@Test
	void queriesAreJoinedAndEqualInAnyOrder() {
		FieldQuery name = FieldQuery.where("metadata.name").is("a");
		FieldQuery type = FieldQuery.where("type").isNot("b");

		assertThat(name.and(type)).isEqualTo(type.and(name));
		assertThat(name.and(FieldQuery.everything())).isEqualTo(name);
		assertThat(FieldQuery.everything().isEmpty()).isTrue();
		assertThat(FieldQuery.everything().matches((field) -> "x")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "metadata.name", "metadata.name=a=b", "metadata.name=a\\b", "metadata.name=a\\", "a", "=b",
			"spec.nodeName>1" })
	void refusesWhatTheServerRefuses(String selector) {
		assertThatExceptionOfType(InvalidSelectorException.class).isThrownBy(() -> FieldQuery.parse(selector));
	}

	@Test
	void messageNamesSelectorAndTerm() {
		assertThatExceptionOfType(InvalidSelectorException.class).isThrownBy(() -> FieldQuery.parse("a=b,c"))
			.withMessage("Invalid field selector 'a=b,c': invalid selector: 'a=b,c'; can't understand 'c'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a,b", "a=b", "a!=b", "a\\b" })
	void fieldMustBeAName(String field) {
		assertThatIllegalArgumentException().isThrownBy(() -> FieldQuery.where(field).is("x"));
	}

}
