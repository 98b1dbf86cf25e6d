package io.github.k8sclient.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.ForbiddenException;
import io.github.k8sclient.GoneException;
import io.github.k8sclient.KubernetesApiException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.client.ResourceClient;
import io.github.k8sclient.informer.SharedInformer;
import io.github.k8sclient.informer.SharedInformerFactory;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.rest.RESTClient;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.watch.WatchEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import static org.assertj.core.api.Assertions.assertThat;

class ServerFaultsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final EmbeddedApiServer server = EmbeddedApiServer.create().start();

	private final ServerFaults faults = this.server.faults();

	private final List<WatchEvent<ConfigMap>> events = new CopyOnWriteArrayList<>();

	private final List<String> ends = new CopyOnWriteArrayList<>();

	private RESTClient restClient;

	private ResourceClient<ConfigMap> maps;

	@BeforeEach
	void connect() {
		this.restClient = RESTClient.create(this.server.clientConfiguration());
		this.maps = Clientset.create(this.restClient).coreV1().configMaps("default");
	}

	@AfterEach
	void close() {
		this.restClient.close().block(TIMEOUT);
		this.server.close();
	}

	@Test
	void expiredWatchEndsWith410AndCannotGoOn() {
		String start = create("a");
		watch(start);

		this.faults.expireWatches();

		await(() -> this.ends.size() == 1);
		assertThat(this.events).last().isInstanceOf(WatchEvent.Error.class);
		assertThat(((WatchEvent.Error<ConfigMap>) this.events.get(this.events.size() - 1)).status().reason())
			.isEqualTo("Expired");
		StepVerifier.create(this.maps.watch(from(start)).filter((event) -> !(event instanceof WatchEvent.Bookmark)))
			.assertNext((event) -> assertThat(((WatchEvent.Error<ConfigMap>) event).status().code()).isEqualTo(410))
			.expectComplete()
			.verify(TIMEOUT);
	}

	@Test
	void expiredListOfThePastIsGone() {
		String start = create("a");

		this.faults.expireWatches();

		StepVerifier
			.create(this.maps.list(ListOptions.builder().resourceVersion(start).resourceVersionMatch("Exact").build()))
			.expectError(GoneException.class)
			.verify(TIMEOUT);
	}

	@Test
	void endedWatchCanGoOn() {
		String start = create("a");
		watch(start);

		this.faults.endWatches();
		await(() -> this.ends.contains("complete"));
		create("b");

		watch(start);
		await(() -> names().contains("b"));
	}

	@Test
	void droppedConnectionsAreMadeAgain() {
		watch(create("a"));

		this.faults.dropConnections();

		await(() -> this.ends.size() == 1);
		assertThat(this.maps.get("a").block(TIMEOUT).metadata().name()).isEqualTo("a");
		await(() -> this.server.openWatches() == 0);
	}

	@Test
	void pausedWatchesSayLaterWhatHappened() {
		watch(create("a"));

		this.faults.pauseWatches();
		create("b");
		// an answer that came after the change shows that the change was not just slow
		create("c");
		assertThat(names()).isEmpty();
		this.faults.resumeWatches();

		await(() -> names().equals(List.of("b", "c")));
	}

	@Test
	void silencedWatchesStaySilent() {
		String start = create("a");
		watch(start);

		this.faults.blackholeWatches();
		create("b");
		this.faults.endWatches();

		StepVerifier.create(this.maps.watch(from(start)).ofType(WatchEvent.Added.class).take(1))
			.expectNextCount(1)
			.expectComplete()
			.verify(TIMEOUT);
		assertThat(names()).isEmpty();
		assertThat(this.ends).isEmpty();
	}

	@Test
	void bookmarksAreSentOnDemandUnlessWithheld() {
		String start = create("a");
		Disposable watch = this.maps
			.watch(ListOptions.builder().resourceVersion(start).allowWatchBookmarks(true).build())
			.subscribe(this.events::add);
		await(() -> this.server.openWatches() == 1);
		int before = bookmarksAt(start);
		String current = create("b");

		this.faults.withholdBookmarks(true);
		this.faults.sendBookmarks();
		this.faults.withholdBookmarks(false);
		this.faults.sendBookmarks();

		await(() -> bookmarksAt(current) == 1);
		assertThat(bookmarksAt(start)).isEqualTo(before);
		watch.dispose();
	}

	@Test
	void plannedAnswersAreGivenOnce() {
		this.faults.answerNext(1, 403);

		StepVerifier.create(this.maps.list()).expectError(ForbiddenException.class).verify(TIMEOUT);
		assertThat(this.maps.list().block(TIMEOUT).items()).isEmpty();
	}

	@Test
	void plannedAnswersCanBeForSomeRequestsOnly() {
		this.faults.answerNext(1, 410, null, (request) -> request.startsWith("WATCH "));

		assertThat(this.maps.list().block(TIMEOUT).items()).isEmpty();
		StepVerifier.create(this.maps.watch(from("1"))).expectError(GoneException.class).verify(TIMEOUT);
	}

	@Test
	void clientIsToldWhenToTryAgain() {
		this.faults.answerNext(1, 429, Duration.ofSeconds(7));

		StepVerifier.create(this.restClient.get().absPath("api", "v1", "namespaces").maxRetries(0).raw())
			.expectErrorSatisfies(
					(failure) -> assertThat(((KubernetesApiException) failure).status().details().retryAfterSeconds())
						.isEqualTo(7))
			.verify(TIMEOUT);
	}

	@Test
	void forbiddenResourceNamesVerbAndScope() {
		this.faults.forbid("configmaps");

		StepVerifier.create(this.maps.list())
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(ForbiddenException.class)
				.hasMessageContaining(
						"cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\""))
			.verify(TIMEOUT);
		this.faults.allow("configmaps");
		assertThat(this.maps.list().block(TIMEOUT).items()).isEmpty();
	}

	@Test
	void informerSurvivesThemAll() {
		SharedInformerFactory factory = SharedInformerFactory.create(Clientset.create(this.restClient));
		SharedInformer<ConfigMap> informer = factory.forResource(ConfigMap.class).inNamespace("default").informer();
		create("a");
		factory.start();
		informer.whenSynced(TIMEOUT).block(TIMEOUT);

		this.faults.expireWatches();
		create("b");
		await(() -> informer.lister().list().size() == 2);
		this.faults.dropConnections();
		create("c");
		await(() -> informer.lister().list().size() == 3);
		this.server.restart();
		create("d");
		await(() -> informer.lister().list().size() == 4);
		factory.stop().block(TIMEOUT);
	}

	// The connection may break after the server has created it: then it is there already
	private String create(String name) {
		return this.maps
			.create(ConfigMap.builder().metadata((metadata) -> metadata.name(name)).data(Map.of("k", "v")).build())
			.onErrorResume(AlreadyExistsException.class, (ex) -> this.maps.get(name))
			.retryWhen(Retry.max(5).filter(KubernetesConnectionException.class::isInstance))
			.block(TIMEOUT)
			.metadata()
			.resourceVersion();
	}

	private void watch(String resourceVersion) {
		int open = this.server.openWatches();
		this.maps.watch(from(resourceVersion))
			.subscribe(this.events::add, (failure) -> this.ends.add("error"), () -> this.ends.add("complete"));
		await(() -> this.server.openWatches() > open);
	}

	private static ListOptions from(String resourceVersion) {
		return ListOptions.builder().resourceVersion(resourceVersion).build();
	}

	private List<String> names() {
		return this.events.stream()
			.filter(WatchEvent.Added.class::isInstance)
			.map((event) -> ((WatchEvent.Added<ConfigMap>) event).object().metadata().name())
			.toList();
	}

	private int bookmarksAt(String resourceVersion) {
		return (int) this.events.stream()
			.filter((event) -> event instanceof WatchEvent.Bookmark<?> bookmark
					&& bookmark.resourceVersion().equals(resourceVersion))
			.count();
	}

	private static void await(java.util.concurrent.Callable<Boolean> condition) {
		Awaitility.await().atMost(TIMEOUT).until(condition);
	}

}
