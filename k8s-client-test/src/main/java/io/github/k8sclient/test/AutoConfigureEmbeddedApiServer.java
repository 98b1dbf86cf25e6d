package io.github.k8sclient.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Runs an {@link EmbeddedApiServer} for a test and connects the Kubernetes client to it
 * instead of a cluster. Goes with every test of Spring Boot: with
 * {@code @SpringBootTest}, for which {@link KubernetesTest @KubernetesTest} is a
 * shorthand, and with test slices, to which it adds the clients and the informers:
 *
 * <pre class="code">
 * &#064;WebFluxTest(PodController.class)
 * &#064;AutoConfigureEmbeddedApiServer
 * class PodControllerTests { ... }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@PropertyMapping("k8s.client.embedded")
public @interface AutoConfigureEmbeddedApiServer {

	/**
	 * Whether to run the server. If not, the client connects as in the application.
	 * @return {@code true} to run the server
	 */
	boolean enabled() default true;

}
