package io.github.k8sclient.benchmark.request;

import java.net.URI;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Pod;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ContentTypePreference;
import io.github.k8sclient.config.TlsConfiguration;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client of this project, in both formats, as servlet applications and as reactive
 * ones use it.
 */
class OurClient extends RequestClient {

	private final Clientset clientset;

	private final Pod pod = ObjectDecoder.decode(Pod.CODEC, WireFormat.JSON, Sample.NEW_POD.json(),
			DecodingOptions.defaults());

	private final ConfigMap configMap = ObjectDecoder.decode(ConfigMap.CODEC, WireFormat.JSON,
			Sample.NEW_CONFIGMAP.json(), DecodingOptions.defaults());

	OurClient(String url, ContentTypePreference contentType) {
		ClientConfiguration configuration = ClientConfiguration.builder()
			.server(URI.create(url))
			.tls(TlsConfiguration.defaults().withInsecureSkipVerify(url.startsWith("https:")))
			.contentType(contentType)
			.build();
		this.clientset = Clientset.create(configuration);
	}

	@Override
	protected void request(Operation operation) {
		mono(operation).block();
	}

	Mono<?> mono(Operation operation) {
		return switch (operation) {
			case GET_POD -> this.clientset.coreV1().pods(Sample.NAMESPACE).get(Sample.POD_NAME);
			case CREATE_POD -> this.clientset.coreV1().pods(Sample.NAMESPACE).create(this.pod);
			case GET_CONFIGMAP -> this.clientset.coreV1().configMaps(Sample.NAMESPACE).get(Sample.CONFIGMAP_NAME);
			case CREATE_CONFIGMAP -> this.clientset.coreV1().configMaps(Sample.NAMESPACE).create(this.configMap);
		};
	}

	/**
	 * Blocks, in JSON.
	 */
	public static final class Json extends OurClient {

		Json(String url) {
			super(url, ContentTypePreference.JSON);
		}

	}

	/**
	 * Blocks, in protobuf.
	 */
	public static final class Protobuf extends OurClient {

		Protobuf(String url) {
			super(url, ContentTypePreference.PROTOBUF);
		}

	}

	/**
	 * Blocks no thread.
	 */
	abstract static class Reactive extends OurClient {

		Reactive(String url, ContentTypePreference contentType) {
			super(url, contentType);
		}

		@Override
		protected long run(Operation operation, int parallel, long end) {
			Long count = Flux.range(0, parallel)
				.flatMap((i) -> Mono.defer(() -> mono(operation)).repeat(() -> System.nanoTime() < end), parallel)
				.count()
				.block();
			return (count != null) ? count : 0;
		}

	}

	/**
	 * Blocks no thread, in JSON.
	 */
	public static final class ReactiveJson extends Reactive {

		ReactiveJson(String url) {
			super(url, ContentTypePreference.JSON);
		}

	}

	/**
	 * Blocks no thread, in protobuf.
	 */
	public static final class ReactiveProtobuf extends Reactive {

		ReactiveProtobuf(String url) {
			super(url, ContentTypePreference.PROTOBUF);
		}

	}

}
