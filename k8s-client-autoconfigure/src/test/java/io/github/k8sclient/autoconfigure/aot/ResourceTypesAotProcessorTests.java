package io.github.k8sclient.autoconfigure.aot;

import java.util.List;
import java.util.Map;

import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.api.core.v1.PodSpec;
import io.github.k8sclient.api.core.v1.PodTemplateSpec;
import io.github.k8sclient.api.core.v1.Toleration;
import io.github.k8sclient.codec.JsonReader;
import io.github.k8sclient.codec.JsonWriter;
import io.github.k8sclient.informer.ProjectedObject;
import io.github.k8sclient.informer.Projection;
import io.github.k8sclient.meta.Condition;
import io.github.k8sclient.meta.CustomResource;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.value.Quantity;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResourceTypesAotProcessor}.
 */
class ResourceTypesAotProcessorTests {

	private static RuntimeHints process(Class<?> application) {
		TestGenerationContext generated = new TestGenerationContext(ResourceTypesAotProcessorTests.class);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(application);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
		}
		return generated.getRuntimeHints();
	}

	@Test
	void customResourceAndTheClassesInItAreReadAndWritten() {
		RuntimeHints hints = process(Application.class);

		for (Class<?> type : List.of(Widget.class, WidgetSpec.class, Part.class, Shade.class, Machine.class,
				MachineBase.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS))
				.as(type.getName())
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(Unrelated.class)).rejects(hints);
	}

	@Test
	void typesOfTheModelReadAndWriteThemselves() throws NoSuchMethodException {
		RuntimeHints hints = process(Application.class);

		for (Class<?> type : List.of(Condition.class, PodTemplateSpec.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(type.getMethod("readJson", JsonReader.class))).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection()
				.onMethodInvocation(type.getMethod("writeJson", JsonWriter.class))).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Pod.class.getMethod("readJson", JsonReader.class))).rejects(hints);
	}

	@Test
	void projectionIsMadeAndItsPathsAreChecked() throws NoSuchMethodException {
		RuntimeHints hints = process(Application.class);

		assertThat(RuntimeHintsPredicates.reflection()
			.onType(PodView.class)
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Toleration.class.getMethod("readJsonList", JsonReader.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Pod.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(PodSpec.class)).accepts(hints);
	}

	@Test
	void applicationWithoutPackagesIsLeftAlone() {
		assertThat(RuntimeHintsPredicates.reflection().onType(Widget.class)).rejects(process(NoPackages.class));
	}

	@AutoConfigurationPackage
	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoPackages {

	}

	@CustomResource(group = "example.com", version = "v1", plural = "widgets")
	record Widget(ObjectMeta metadata, WidgetSpec spec, List<Condition> conditions) implements KubernetesObject {

	}

	record WidgetSpec(Quantity size, Map<String, List<Part>> parts, Shade[] shades, WidgetSpec inner) {

	}

	record Part(PodTemplateSpec template) {

	}

	enum Shade {

		LIGHT, DARK

	}

	abstract static class MachineBase {

		ObjectMeta metadata = ObjectMeta.builder().build();

	}

	@CustomResource(group = "example.com", version = "v1", plural = "machines")
	static class Machine extends MachineBase implements KubernetesObject {

		@Override
		public ObjectMeta metadata() {
			return this.metadata;
		}

	}

	@Projection(of = Pod.class)
	record PodView(ObjectMeta metadata,
			@Projection.Field("spec.tolerations") List<Toleration> tolerations) implements ProjectedObject {

	}

	record Unrelated(String text) {

	}

}
