package io.github.k8sclient.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InitialListStrategy;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.WatchEvent;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestListWatch}.
 */
class RestListWatchTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final String LIST = """
			{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"%s"},\
			"items":[{"metadata":{"name":"a","namespace":"shop","resourceVersion":"5"}}]}""";

	private static final String WATCH = """
			{"type":"MODIFIED","object":{"kind":"ConfigMap","apiVersion":"v1",\
			"metadata":{"name":"a","namespace":"shop","resourceVersion":"10"}}}
			""";

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final AtomicInteger calls = new AtomicInteger();

	@Test
	void pagesOfOneListShareWhatIsEqual() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("more");
		answerPage("");

		String first = namespace(maps, null);
		String second = namespace(maps, "more");

		assertThat(second).isEqualTo("shop").isSameAs(first);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void nextListSharesWithTheLast() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("");
		answerPage("");

		String first = namespace(maps, null);

		assertThat(namespace(maps, null)).isEqualTo(first).isSameAs(first);
	}

	@Test
	void watchesShareWithTheListAndWithEachOther() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("");
		answerWatch();
		answerWatch();

		String listed = namespace(maps, null);
		String first = watchedNamespace(maps);
		String second = watchedNamespace(maps);

		assertThat(first).isEqualTo("shop").isSameAs(listed);
		assertThat(second).isSameAs(listed);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void watchAfterOneThatFailedSharesWithIt() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("");
		this.server.answer(500, "{}");
		answerWatch();

		String listed = namespace(maps, null);
		StepVerifier.create(watch(maps)).expectError().verify(TIMEOUT);

		assertThat(watchedNamespace(maps)).isSameAs(listed);
	}

	@Test
	void listThatIsReadWhileAWatchRunsSharesNothingWithIt() {
		ListWatch<ConfigMap> maps = listWatch();
		answerByVerb(LIST.formatted(""));
		String listed = namespace(maps, null);

		// a watch whose events nobody asks for does not end
		StepVerifier.create(watch(maps).map(this::namespace), 0)
			.expectSubscription()
			.then(() -> assertThat(namespace(maps, null)).isEqualTo(listed).isNotSameAs(listed))
			.thenRequest(1)
			.assertNext((watched) -> assertThat(watched).isSameAs(listed))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void watchAfterOneThatWasCancelledSharesNothingWithIt() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("");
		answerWatch();
		answerWatch();
		String listed = namespace(maps, null);

		String cancelled = watch(maps).map(this::namespace).next().block(TIMEOUT);

		assertThat(cancelled).isSameAs(listed);
		assertThat(watchedNamespace(maps)).isEqualTo(listed).isNotSameAs(listed);
	}

	@Test
	void itemThatCannotBeReadIsLeftOutAndToldByAnInformer() throws Exception {
		answerByVerb(LIST.formatted("").replace("[{", "[{\"metadata\":7},{"));
		CompletableFuture<String> error = new CompletableFuture<>();
		SharedInformerFactory factory = SharedInformerFactory.builder(Clientset.create(this.server.client()))
			.options(InformerOptions.defaults().withInitialList(InitialListStrategy.PAGED_LIST))
			.errorHandler((informer, problem) -> error.complete(problem.getMessage()))
			.build();
		SharedInformer<ConfigMap> informer = factory.forResource(ConfigMap.class).informer();

		factory.start();
		factory.whenSynced(TIMEOUT).block(TIMEOUT);

		assertThat(error.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).contains("ConfigMapList at items[0].metadata");
		assertThat(informer.store().list()).extracting((map) -> map.metadata().name()).containsExactly("a");
		factory.stop().block(TIMEOUT);
	}

	private ListWatch<ConfigMap> listWatch() {
		Supplier<DecodingOptions> decoding = () -> {
			this.calls.incrementAndGet();
			return DecodingOptions.defaults().withInterner(Interner.create());
		};
		return Clientset.create(this.server.client()).listWatch(ConfigMap.RESOURCE, null, decoding);
	}

	private void answerByVerb(String list) {
		this.server.server().setDispatcher(new Dispatcher() {

			@Override
			public MockResponse dispatch(RecordedRequest request) {
				boolean watch = request.getTarget().contains("watch=");
				return ScriptedApiServer.response(200).body(watch ? WATCH : list).build();
			}

		});
	}

	private void answerPage(String token) {
		this.server.answer(200, LIST.formatted(token));
	}

	private void answerWatch() {
		this.server.answer(200, WATCH);
	}

	private Flux<WatchEvent<ConfigMap>> watch(ListWatch<ConfigMap> maps) {
		return maps.watch(ListOptions.builder().resourceVersion("9").build());
	}

	private String watchedNamespace(ListWatch<ConfigMap> maps) {
		return watch(maps).map(this::namespace).blockLast(TIMEOUT);
	}

	private String namespace(WatchEvent<ConfigMap> event) {
		return event.object().metadata().namespace();
	}

	private String namespace(ListWatch<ConfigMap> maps, String token) {
		return maps.list(ListOptions.builder().continue_(token).build())
			.block(TIMEOUT)
			.items()
			.get(0)
			.metadata()
			.namespace();
	}

}
