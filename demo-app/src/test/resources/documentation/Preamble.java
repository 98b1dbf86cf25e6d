package documentation;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.github.k8sclient.*;
import io.github.k8sclient.api.apps.v1.*;
import io.github.k8sclient.api.authentication.v1.TokenRequest;
import io.github.k8sclient.api.core.v1.*;
import io.github.k8sclient.auth.*;
import io.github.k8sclient.autoconfigure.*;
import io.github.k8sclient.client.*;
import io.github.k8sclient.config.*;
import io.github.k8sclient.controller.*;
import io.github.k8sclient.controller.Result;
import io.github.k8sclient.discovery.*;
import io.github.k8sclient.dynamic.DynamicClient;
import io.github.k8sclient.dynamic.ManifestException;
import io.github.k8sclient.dynamic.Manifests;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.event.*;
import io.github.k8sclient.informer.*;
import io.github.k8sclient.leaderelection.*;
import io.github.k8sclient.meta.*;
import io.github.k8sclient.metadata.MetadataClient;
import io.github.k8sclient.observation.*;
import io.github.k8sclient.resource.Resources;
import io.github.k8sclient.rest.*;
import io.github.k8sclient.scale.ScaleClient;
import io.github.k8sclient.streaming.*;
import io.github.k8sclient.test.*;
import io.github.k8sclient.test.PodProgram.Output;
import io.github.k8sclient.transport.*;
import io.github.k8sclient.value.*;
import io.github.k8sclient.watch.*;
import io.github.k8sclient.watch.WatchEvent;
import io.github.k8sclient.workqueue.*;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the samples of the documentation take for granted: the imports above, the beans of
 * the starter, and some objects that all of Kubernetes has.
 */
public abstract class Preamble {

	protected Log log;

	protected ClientConfiguration configuration;

	protected KubernetesTransport transport;

	protected RESTClient restClient;

	protected Clientset clientset;

	protected DynamicClient dynamicClient;

	protected DiscoveryClient discoveryClient;

	protected DiscoveryCache discoveryCache;

	protected RESTMapper restMapper;

	protected OpenApiClient openApiClient;

	protected MetadataClient metadataClient;

	protected ScaleClient scaleClient;

	protected SharedInformerFactory informerFactory;

	protected PodClient pods;

	protected Pod pod;

	protected DeploymentClient deployments;

	protected Deployment deployment;

	protected Deployment created;

	protected abstract boolean isReady(Pod pod);

	protected abstract boolean isAvailable(Deployment deployment);

	/**
	 * A custom resource.
	 *
	 * @param metadata its metadata
	 */
	@CustomResource(group = "monitoring.coreos.com", version = "v1", plural = "prometheuses")
	protected record Prometheus(ObjectMeta metadata) implements KubernetesObject {

	}

}
