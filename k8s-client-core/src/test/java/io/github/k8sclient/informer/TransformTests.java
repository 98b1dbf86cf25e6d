package io.github.k8sclient.informer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ObjectMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what informers leave out of the objects they keep.
 */
@ExtendWith(CapturedLog.class)
class TransformTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final List<String> errors = new ArrayList<>();

	private final RecordingProvider provider = new RecordingProvider(this.server);

	private final SharedInformerFactory factory = SharedInformerFactory.builder(this.provider)
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.errorHandler((informer, error) -> this.errors.add(error.getMessage()))
		.build();

	@Test
	void objectsAreChangedBeforeTheyAreKeptAndTold() {
		this.server.list(Samples.listed(10, labelled("a", 1)))
			.watch(Flux
				.just(Samples.modified(labelled("a", 11)), Samples.added(labelled("b", 12)), Samples.bookmark(13),
						Samples.deleted(labelled("a", 14)))
				.concatWith(Flux.never()));
		SharedInformer<ConfigMap> informer = informer(TransformTests::withoutLabels);
		List<Map<String, String>> seen = new ArrayList<>();
		informer.addHandler(ResourceEventHandler.of((event) -> seen.add(event.resource().metadata().labels())));

		start(informer);

		assertThat(seen).hasSize(4).allMatch(Map::isEmpty);
		assertThat(informer.store().list()).singleElement()
			.satisfies((object) -> assertThat(object.metadata().labels()).isEmpty());
		assertThat(informer.store().resourceVersion()).isEqualTo("14");
		assertThat(informer.name()).isEqualTo("configmaps in all namespaces, transformed");
	}

	@ParameterizedTest
	@MethodSource("io.github.k8sclient.informer.Samples#broken")
	void objectWhoseTransformationFailsIsLeftOutAndReported(Throwable failure, CapturedLog log) {
		this.server.list(Samples.listed(10, labelled("a", 1), labelled("b", 2)))
			.watch(Flux.just(Samples.modified(labelled("a", 11)), Samples.added(labelled("c", 12)))
				.concatWith(Flux.never()));
		RecordingHandler<ConfigMap> handler = new RecordingHandler<>();
		SharedInformer<ConfigMap> informer = informer((object) -> {
			if (List.of("2", "11").contains(object.metadata().resourceVersion())) {
				throw Samples.sneaky(failure);
			}
			return object;
		});
		informer.addHandler(handler);

		start(informer);

		assertThat(handler.events()).containsExactly("++a@1", "+c@12");
		assertThat(informer.status().counters().skipped()).isEqualTo(2);
		assertThat(informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.errors).hasSize(2)
			.allSatisfy((error) -> assertThat(error).contains("default/").contains("broken"));
		assertThat(log.lines("WARN")).singleElement().asString().contains("the transformation of default/");
	}

	@Test
	void deletionIsToldEvenIfTheTransformationFails() {
		this.server.list(Samples.listed(10, labelled("a", 1)))
			.watch(Flux.just(Samples.deleted(labelled("a", 11))).concatWith(Flux.never()));
		RecordingHandler<ConfigMap> handler = new RecordingHandler<>();
		SharedInformer<ConfigMap> informer = informer((object) -> {
			if (List.of("11").contains(object.metadata().resourceVersion())) {
				throw new IllegalStateException("too complicated");
			}
			return object;
		});
		informer.addHandler(handler);

		start(informer);

		assertThat(handler.events()).containsExactly("++a@1", "-a@11");
		assertThat(informer.store().list()).isEmpty();
		assertThat(this.errors).singleElement().asString().contains("too complicated");
	}

	@Test
	void objectThatLosesItsIdentityIsLeftOut() {
		this.server.list(Samples.listed(10, Samples.configMap("a", 1)));
		SharedInformer<ConfigMap> informer = informer((object) -> Samples.configMap("other", 1));

		start(informer);

		assertThat(informer.store().list()).isEmpty();
		assertThat(this.errors).singleElement().asString().contains("resource version was changed");
	}

	@Test
	void transformationTellsInformersApart() {
		UnaryOperator<ConfigMap> transform = TransformTests::withoutLabels;

		assertThat(informer(transform)).isSameAs(informer(transform))
			.isNotSameAs(this.factory.forResource(ConfigMap.RESOURCE).informer());
	}

	@Test
	void managedFieldsAreKeptUnlessTheyAreToBeDropped() {
		this.factory.forResource(ConfigMap.RESOURCE).inNamespace("one").informer();
		this.factory.forResource(ConfigMap.RESOURCE)
			.inNamespace("two")
			.withOptions(InformerOptions.defaults().withDropManagedFields(true))
			.informer();

		assertThat(this.provider.decodings).extracting((decoding) -> decoding.get().dropManagedFields())
			.containsExactly(false, true);
		assertThat(this.provider.decodings.get(1).get().interner()).isNotNull();
	}

	@Test
	void metadataIsAResourceOfItsOwn() {
		SharedInformer<PartialObjectMetadata> metadata = this.factory.forMetadata(ConfigMap.class).informer();

		assertThat(metadata.name()).isEqualTo("metadata of configmaps in all namespaces");
		assertThat(metadata.resource().resource()).isEqualTo(ConfigMap.RESOURCE.resource());
		assertThat(metadata.resource().kind()).isEqualTo(ConfigMap.RESOURCE.kind());
		assertThat(this.factory.forMetadata(ConfigMap.RESOURCE).informer()).isSameAs(metadata);
		assertThat(this.factory.forResource(ConfigMap.class).informer()).isNotSameAs(metadata);
	}

	private SharedInformer<ConfigMap> informer(UnaryOperator<ConfigMap> transform) {
		return this.factory.forResource(ConfigMap.RESOURCE).withTransform(transform).informer();
	}

	private void start(SharedInformer<ConfigMap> informer) {
		informer.start();
		this.time.advanceTime();
	}

	private static ConfigMap labelled(String name, long version) {
		return Samples.labelled("default", name, version, Map.of("app", "demo"));
	}

	private static ConfigMap withoutLabels(ConfigMap object) {
		ObjectMeta metadata = object.metadata().toBuilder().labels(Map.of()).build();
		return object.toBuilder().metadata(metadata).build();
	}

	/**
	 * Remembers how objects are decoded.
	 */
	private static final class RecordingProvider implements ListWatchProvider {

		private final ListWatch<?> listWatch;

		private final List<Supplier<DecodingOptions>> decodings = new ArrayList<>();

		RecordingProvider(ListWatch<?> listWatch) {
			this.listWatch = listWatch;
		}

		// the tests that start an informer ask for the type that the list-watch has
		@SuppressWarnings("unchecked")
		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
				@Nullable String namespace, Supplier<DecodingOptions> decoding) {
			this.decodings.add(decoding);
			return (ListWatch<T>) this.listWatch;
		}

	}

}
