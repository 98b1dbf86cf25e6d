package io.github.k8sclient.demo;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs the demo: on an API server in memory, or on the cluster that a
 * {@code k8s.client.*} property names.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class DemoApplication {

	/**
	 * Starts the demo.
	 * @param args Spring Boot's command-line arguments, for example
	 * {@code --k8s.client.kubeconfig=/path/to/config --max-claims=200Gi}
	 */
	public static void main(String[] args) {
		application().run(args);
	}

	static SpringApplication application() {
		SpringApplication application = new SpringApplication(DemoApplication.class);
		application.addInitializers(DemoApplication::useEmbeddedServerUnlessClusterIsNamed);
		return application;
	}

	private static void useEmbeddedServerUnlessClusterIsNamed(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		boolean named = environment.containsProperty("k8s.client.kubeconfig")
				|| environment.containsProperty("k8s.client.master-url")
				|| environment.containsProperty("k8s.client.context");
		environment.getPropertySources()
			.addLast(new MapPropertySource("demo", Map.of("k8s.client.embedded.enabled", !named)));
	}

}
