package io.github.k8sclient.codegen;

import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JavaSourceTests {

	@Test
	void importsAreSortedAndNamedOnce() {
		JavaSource source = new JavaSource("a.b", Set.of("Neighbour"));

		assertThat(source.use("java.util.List")).isEqualTo("List");
		assertThat(source.use("c.Thing")).isEqualTo("Thing");
		assertThat(source.use("java.util.List")).isEqualTo("List");
		assertThat(source.use("java.lang.String")).isEqualTo("String");
		assertThat(source.use("a.b.Neighbour")).isEqualTo("Neighbour");

		assertThat(source).hasToString("package a.b;\n\nimport java.util.List;\n\nimport c.Thing;\n\n");
	}

	@Test
	void namesThatMeanAnotherClassAreWrittenInFull() {
		JavaSource source = new JavaSource("a.b", Set.of("Duration"));

		assertThat(source.use("java.time.Duration")).isEqualTo("java.time.Duration");
		assertThat(source.use("c.Event")).isEqualTo("Event");
		assertThat(source.use("d.Event")).isEqualTo("d.Event");
	}

	@Test
	void blocksAreIndented() {
		JavaSource source = new JavaSource("a", Set.of());

		source.open("class A").line().open("void a()").line("b();").end();
		source.close();

		assertThat(source).hasToString("package a;\n\nclass A {\n\n\tvoid a() {\n\t\tb();\n\t}\n}\n");
	}

	@Test
	void longListsAndCommentsAreWrapped() {
		JavaSource source = new JavaSource("a", Set.of());

		source.javadoc(List.of("word ".repeat(60).strip()));
		source.items("of(", Collections.nCopies(60, "\"x\""), ");");
		source.items("of(", List.of(), ");");

		assertThat(source.toString().lines()).allSatisfy((line) -> assertThat(line.length()).isLessThanOrEqualTo(120))
			.endsWith("of();");
	}

}
