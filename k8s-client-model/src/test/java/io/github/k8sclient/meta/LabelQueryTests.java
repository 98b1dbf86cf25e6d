package io.github.k8sclient.meta;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LabelQuery}. The cases follow from the grammar of apimachinery's
 * {@code labels.Parse}.
 */
class LabelQueryTests {

	private static final Map<String, String> LABELS = Map.of("app", "demo", "tier", "web", "empty", "", "count", "5",
			"example.com/part", "x.y_z");

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "app", "app=demo", "app==demo", "app = demo", "\tapp=demo\n", "app!=other",
			"missing!=x", "!missing", "! missing", "app in (demo)", "app in (a, demo ,b)", "tier notin (db)",
			"missing notin (a)", "app=demo,tier=web", "app,tier,!missing", "empty=", "empty", "empty in ()",
			"empty in (,a)", "empty in (a,)", "empty in (a,,b)", "count>4", "count<6", "example.com/part=x.y_z",
			"app=demo,app", "empty=,app=demo", "app notin ()" })
	void matches(String selector) {
		assertThat(LabelQuery.parse(selector).matches(LABELS)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "missing", "!app", "app=other", "app!=demo", "app in (a,b)", "app notin (demo,x)",
			"app=demo,tier=db", "app=", "missing=", "empty!=", "count>5", "count<5", "app>1", "missing<1",
			"empty in (a,b)", "App=demo" })
	void doesNotMatch(String selector) {
		assertThat(LabelQuery.parse(selector).matches(LABELS)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "=x", ",", "app,", "app,,tier", ",app", "app=a=b", "app in", "app in demo", "app in (a",
			"app in (a b)", "app in (a,,)", "app in (,,)", "app (a)", "app!", "!app=demo", "!", "!!app", "app=!demo",
			"app==(a)", "app>x", "app>", "app<a", "app demo", "-app", "app=-demo", "app=demo-", "app=d$", "a/b/c=d",
			"/app", "Example.com/app", "app/", "count>=5", "app in (a))", "app=demo tier=web" })
	void refusesWhatTheServerRefuses(String selector) {
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse(selector));
	}

	@Test
	void keywordsAreKeysAndValuesWhereNoOperatorIsExpected() {
		assertThat(LabelQuery.parse("in in (in,notin)").matches(Map.of("in", "notin"))).isTrue();
		assertThat(LabelQuery.parse("notin=in").matches(Map.of("notin", "in"))).isTrue();
	}

	@Test
	void keyMayBeRepeated() {
		LabelQuery range = LabelQuery.parse("count>1,count<9");

		assertThat(range.matches(Map.of("count", "5"))).isTrue();
		assertThat(range.matches(Map.of("count", "9"))).isFalse();
	}

	@Test
	void lengthsAreLimited() {
		String longest = "a".repeat(63);
		assertThat(LabelQuery.parse(longest + "=" + longest).matches(Map.of(longest, longest))).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse(longest + "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse("app=" + longest + "a"));
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.parse("a".repeat(254) + "/app"));
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
		LabelQuery query = LabelQuery.parse(selector);

		assertThat(query).hasToString(canonical);
		assertThat(LabelQuery.parse(canonical)).isEqualTo(query).hasSameHashCodeAs(query);
	}

	@Test
	void messageNamesSelectorAndPlaceInTheWordsOfTheServer() {
		assertThatExceptionOfType(InvalidSelectorException.class).isThrownBy(() -> LabelQuery.parse("app in demo"))
			.withMessage("Invalid label selector 'app in demo': unable to parse requirement: "
					+ "found 'demo' expected: '('")
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("unable to parse requirement: found 'demo' expected: '('"));
	}

	@Test
	void queryIsBuiltTermByTerm() {
		LabelQuery query = LabelQuery.where("app")
			.is("demo")
			.and("tier")
			.in("web", "cache")
			.and("empty")
			.is("")
			.and("app")
			.notIn("a", "b")
			.and("x")
			.isNot("y")
			.and("count")
			.greaterThan(4)
			.and("count")
			.lessThan(6)
			.and("example.com/part")
			.exists()
			.and("legacy")
			.doesNotExist();

		assertThat(query).hasToString("app=demo,app notin (a,b),count>4,count<6,empty=,example.com/part,!legacy,"
				+ "tier in (cache,web),x!=y");
		assertThat(LabelQuery.parse(query.toString())).isEqualTo(query);
		assertThat(query.matches(LABELS)).isTrue();
		assertThat(query.and("tier").is("cache").matches(LABELS)).isFalse();
	}

	@Test
	void termsDoNotChangeTheQueryThatTheyBeginWith() {
		LabelQuery app = LabelQuery.where("app").is("demo");

		app.and("tier").exists();

		assertThat(app).hasToString("app=demo");
	}

	@Test
	void queriesAreJoinedAndEqualInAnyOrder() {
		LabelQuery app = LabelQuery.where("app").is("demo");
		LabelQuery tier = LabelQuery.where("tier").exists();

		assertThat(app.and(tier)).isEqualTo(tier.and(app)).hasToString("app=demo,tier");
		assertThat(app.and(LabelQuery.everything())).isEqualTo(app);
		assertThat(LabelQuery.of(Map.of("app", "demo"))).isEqualTo(app);
		assertThat(app.requirements())
			.containsExactly(new LabelRequirement("app", LabelRequirement.Operator.EQUALS, List.of("demo")));
	}

	@Test
	void builtQueryIsCheckedAsAParsedOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.where("-app").exists())
			.withMessageContaining("invalid label key \"-app\"");
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.where("app").is("a b"))
			.withMessageContaining("invalid label value: \"a b\"")
			.withMessageContaining("\"app\"");
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.where("app").in());
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.where("app").greaterThan(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> LabelQuery.of(Map.of("app", "ü")));
	}

	@Test
	void optionsTakeAQuery() {
		ListOptions options = ListOptions.builder()
			.labelSelector(LabelQuery.where("app").is("demo"))
			.fieldSelector(FieldQuery.where("spec.nodeName").isNot(""))
			.resourceVersion("7")
			.resourceVersionMatch(ResourceVersionMatch.EXACT)
			.build();

		assertThat(options.labelSelector()).isEqualTo("app=demo");
		assertThat(options.fieldSelector()).isEqualTo("spec.nodeName!=");
		assertThat(options.resourceVersionMatch()).isEqualTo("Exact");
		assertThat(CreateOptions.builder().fieldValidation(FieldValidation.STRICT).build().fieldValidation())
			.isEqualTo("Strict");
	}

	@Test
	void selectorOfAnObjectIsUnderstood() {
		LabelQuery query = LabelQuery.of(LabelSelector.builder()
			.matchLabels(Map.of("app", "demo"))
			.matchExpressions(List.of(expression("tier", "In", "web", "db"), expression("count", "Exists"),
					expression("x", "DoesNotExist"), expression("app", "NotIn", "other")))
			.build());

		assertThat(query).hasToString("app=demo,app notin (other),count,tier in (db,web),!x");
		assertThat(query.matches(LABELS)).isTrue();
		assertThat(query.matches(Map.of("app", "demo"))).isFalse();
	}

	@Test
	void emptySelectorOfAnObjectMatchesEverything() {
		assertThat(LabelQuery.of(LabelSelector.builder().build()).matches(Map.of())).isTrue();
		assertThat(LabelQuery.everything().isEmpty()).isTrue();
	}

	@Test
	void invalidSelectorOfAnObjectIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "in", "b")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "In")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("a", "Exists", "b")));
		assertThatIllegalArgumentException().isThrownBy(() -> of(expression("-", "Exists")));
	}

	private LabelQuery of(LabelSelectorRequirement expression) {
		return LabelQuery.of(LabelSelector.builder().matchExpressions(List.of(expression)).build());
	}

	private LabelSelectorRequirement expression(String key, String operator, String... values) {
		return LabelSelectorRequirement.builder().key(key).operator(operator).values(List.of(values)).build();
	}

}
