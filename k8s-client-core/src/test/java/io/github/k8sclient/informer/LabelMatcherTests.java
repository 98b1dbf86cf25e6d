package io.github.k8sclient.informer;

import java.util.List;
import java.util.Map;

import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.LabelSelectorRequirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LabelMatcher}. The cases follow from the grammar of apimachinery's
 * {@code labels.Parse}.
 */
class LabelMatcherTests {

	private static final Map<String, String> LABELS = Map.of("app", "demo", "tier", "web", "empty", "", "count", "5",
			"example.com/part", "x.y_z");

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "app", "app=demo", "app==demo", "app = demo", "\tapp=demo\n", "app!=other",
			"missing!=x", "!missing", "! missing", "app in (demo)", "app in (a, demo ,b)", "tier notin (db)",
			"missing notin (a)", "app=demo,tier=web", "app,tier,!missing", "empty=", "empty", "empty in ()",
			"empty in (,a)", "empty in (a,)", "empty in (a,,b)", "count>4", "count<6", "example.com/part=x.y_z",
			"app=demo,app", "empty=,app=demo", "app notin ()" })
	void matches(String selector) {
		assertThat(LabelMatcher.parse(selector).matches(LABELS)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing", "!app", "app=other", "app!=demo", "app in (a,b)", "app notin (demo,x)",
			"app=demo,tier=db", "app=", "missing=", "empty!=", "count>5", "count<5", "app>1", "missing<1",
			"empty in (a,b)", "App=demo" })
	void doesNotMatch(String selector) {
		assertThat(LabelMatcher.parse(selector).matches(LABELS)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "=x", ",", "app,", "app,,tier", ",app", "app=a=b", "app in", "app in demo", "app in (a",
			"app in (a b)", "app in (a,,)", "app in (,,)", "app (a)", "app!", "!app=demo", "!", "!!app", "app=!demo",
			"app==(a)", "app>x", "app>", "app<a", "app demo", "-app", "app=-demo", "app=demo-", "app=d$", "a/b/c=d",
			"/app", "Example.com/app", "app/", "count>=5", "app in (a))", "app=demo tier=web" })
	void refusesWhatTheServerRefuses(String selector) {
		assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse(selector));
	}

	@Test
	void keywordsAreKeysAndValuesWhereNoOperatorIsExpected() {
		assertThat(LabelMatcher.parse("in in (in,notin)").matches(Map.of("in", "notin"))).isTrue();
		assertThat(LabelMatcher.parse("notin=in").matches(Map.of("notin", "in"))).isTrue();
	}

	@Test
	void keyMayBeRepeated() {
		LabelMatcher range = LabelMatcher.parse("count>1,count<9");

		assertThat(range.matches(Map.of("count", "5"))).isTrue();
		assertThat(range.matches(Map.of("count", "9"))).isFalse();
	}

	@Test
	void lengthsAreLimited() {
		String longest = "a".repeat(63);
		assertThat(LabelMatcher.parse(longest + "=" + longest).matches(Map.of(longest, longest))).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse(longest + "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse("app=" + longest + "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse("a".repeat(254) + "/app"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			b=1 , a            | a,b=1
			a==x               | a=x
			a in ( z, y , y )  | a in (y,z)
			a notin (x)        | a notin (x)
			a != x, !b         | a!=x,!b
			a>1,b<2            | a>1,b<2
			a=                 | a=
			""")
	void canonicalTextIsOrderedAndReadsBackAsTheSame(String selector, String canonical) {
		LabelMatcher matcher = LabelMatcher.parse(selector);

		assertThat(matcher).hasToString(canonical);
		assertThat(LabelMatcher.parse(canonical)).isEqualTo(matcher).hasSameHashCodeAs(matcher);
	}

	@Test
	void messageNamesSelectorAndPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> LabelMatcher.parse("app in demo"))
			.withMessage("Invalid label selector 'app in demo': found 'demo' instead of '('");
	}

	@Test
	void selectorOfAnObjectIsUnderstood() {
		LabelMatcher matcher = LabelMatcher.of(LabelSelector.builder()
			.matchLabels(Map.of("app", "demo"))
			.matchExpressions(List.of(expression("tier", "In", "web", "db"), expression("count", "Exists"),
					expression("x", "DoesNotExist"), expression("app", "NotIn", "other")))
			.build());

		assertThat(matcher).hasToString("app=demo,app notin (other),count,tier in (db,web),!x");
		assertThat(matcher.matches(LABELS)).isTrue();
		assertThat(matcher.matches(Map.of("app", "demo"))).isFalse();
	}

	@Test
	void emptySelectorOfAnObjectMatchesEverything() {
		assertThat(LabelMatcher.of(LabelSelector.builder().build()).matches(Map.of())).isTrue();
		assertThat(LabelMatcher.everything().isEmpty()).isTrue();
	}

	@Test
	void invalidSelectorOfAnObjectIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "in", "b")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "In")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "Exists", "b")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("-", "Exists")));
	}

	private LabelMatcher of(LabelSelectorRequirement expression) {
		return LabelMatcher.of(LabelSelector.builder().matchExpressions(List.of(expression)).build());
	}

	private LabelSelectorRequirement expression(String key, String operator, String... values) {
		return LabelSelectorRequirement.builder().key(key).operator(operator).values(List.of(values)).build();
	}

}
